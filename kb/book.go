package kb

import "github.com/reasonbook/reasonbook/internal/book"

var compiled = book.Book{Rules: &rules}
