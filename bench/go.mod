module github.com/reasonbook/reasonbook/bench

go 1.26.0

require github.com/reasonbook/reasonbook v0.0.0

replace github.com/reasonbook/reasonbook => ../
