package kb

import "github.com/reasonbook/reasonbook/internal/evidence"

var rules evidence.Rules
