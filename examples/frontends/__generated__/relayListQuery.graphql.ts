/**
 * @generated SignedSource<<ca4e28e324fa2747d4c344e033955630>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type Dialect = "API" | "ATHENA" | "BIGQUERY" | "CLICKHOUSE" | "CUSTOMER_IO" | "DATABRICKS" | "DATABRICKS_LAKEBASE" | "DUCKDB" | "EXASOL" | "FIRESTORE" | "GOOGLE_ANALYTICS" | "MARIADB" | "MONGODB" | "MOTHERDUCK" | "MSSQL" | "MYSQL" | "ORACLE" | "OTHER" | "POSTGRES" | "REALTIME_DB" | "REDSHIFT" | "SAP_HANA" | "SNOWFLAKE" | "STARROCKS" | "TRINO" | "%future added value";
export type Vendor = "CHARTBREW" | "CREDIBLE" | "LOOKER" | "OMNI" | "%future added value";
export type relayListQuery$variables = {
  after?: string | null | undefined;
  first: number;
};
export type relayListQuery$data = {
  readonly connections: {
    readonly __id: string;
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly dialect: Dialect;
        readonly id: string;
        readonly name: string;
        readonly vendor: Vendor;
      };
    }>;
    readonly pageInfo: {
      readonly endCursor: string | null | undefined;
      readonly hasNextPage: boolean;
    };
  };
};
export type relayListQuery = {
  response: relayListQuery$data;
  variables: relayListQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "after"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "first"
},
v2 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "ConnectionEdge",
    "kind": "LinkedField",
    "name": "edges",
    "plural": true,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Connection",
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "name",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "vendor",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "dialect",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "__typename",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "cursor",
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "PageInfo",
    "kind": "LinkedField",
    "name": "pageInfo",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "hasNextPage",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "endCursor",
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "kind": "ClientExtension",
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__id",
        "storageKey": null
      }
    ]
  }
],
v3 = [
  {
    "kind": "Variable",
    "name": "after",
    "variableName": "after"
  },
  {
    "kind": "Variable",
    "name": "first",
    "variableName": "first"
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "relayListQuery",
    "selections": [
      {
        "alias": "connections",
        "args": null,
        "concreteType": "ConnectionPage",
        "kind": "LinkedField",
        "name": "__relay_connections_connection",
        "plural": false,
        "selections": (v2/*:: as any*/),
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "relayListQuery",
    "selections": [
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "concreteType": "ConnectionPage",
        "kind": "LinkedField",
        "name": "connections",
        "plural": false,
        "selections": (v2/*:: as any*/),
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v3/*:: as any*/),
        "filters": null,
        "handle": "connection",
        "key": "relay_connections",
        "kind": "LinkedHandle",
        "name": "connections"
      }
    ]
  },
  "params": {
    "cacheID": "e631c93f794a290c4ca9ecc568c0e42c",
    "id": null,
    "metadata": {
      "connection": [
        {
          "count": "first",
          "cursor": "after",
          "direction": "forward",
          "path": [
            "connections"
          ]
        }
      ]
    },
    "name": "relayListQuery",
    "operationKind": "query",
    "text": "query relayListQuery(\n  $first: Int!\n  $after: String\n) {\n  connections(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        name\n        vendor\n        dialect\n        __typename\n      }\n      cursor\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "4c07b907c11066aa888876e76e94dd02";

export default node;
