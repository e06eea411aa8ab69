// The key files of the cells as Looker wants them: in base64.
export const KEY_FILE_BASE64 =
  'eyJ0eXBlIjoic2VydmljZV9hY2NvdW50IiwicHJvamVjdF9pZCI6ImFjbWUtd2ViIiwicHJpdmF0ZV9rZXkiOiJrZXktc2VjcmV0LTEiLCJjbGllbnRfZW1haWwiOiJiaUBhY21lLXdlYi5pYW0uZ3NlcnZpY2VhY2NvdW50LmNvbSJ9';
export const PRIVATE_KEY_BASE64 =
  'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCmtleS1zZWNyZXQtMgotLS0tLUVORCBQUklWQVRFIEtFWS0tLS0tCg==';
