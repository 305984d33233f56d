package answer

import _ "embed"

// OpenAPI is the description of the HTTP interface, an OpenAPI document in JSON.
//
//go:embed openapi.json
var OpenAPI []byte
