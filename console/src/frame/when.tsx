// A time, in the zone of the browser.
const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** Shows a time. @param isDay whether only the day is shown; the whole time is in the tooltip. */
export function When({ time, isDay = false }: { readonly time: string; readonly isDay?: boolean }) {
  const date = new Date(time);
  return (
    <time dateTime={time} title={isDay ? TIME.format(date) : undefined}>
      {(isDay ? DAY : TIME).format(date)}
    </time>
  );
}
