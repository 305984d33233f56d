# Two commands do everything: `go run ./cmd/reasonbook serve` and `make test`.

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: test check generate bench bench-table fuzz dist

# test installs what the tests need and runs them all; the browser's have the
# machine to themselves, for Lighthouse takes times.
test: check
	sh ./site/browser/install.sh
	node --test site/assets/js/
	go test -timeout 30m $$(go list ./... | grep -v /site/browser)
	go test -timeout 30m ./site/browser

# check: the form of the code, and the knowledge base.
check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run: gofmt -w .'; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	go run ./cmd/reasonbook lint kb

# generate compiles kb/ into the function, the matcher for browsers, and the
# matcher's tables of Unicode.
generate:
	go generate ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

# bench-table prints the rows of docs/performance.md; the second part needs
# Hyperscan (Debian: libhyperscan5).
bench-table:
	go test -run '^$$' -bench 'Reason|Events|Log|BookSize|Baseline' -benchtime 1x -count 3 ./internal/match
	cd bench && go test -run '^$$' -bench . -benchtime 1x

# fuzz runs each fuzz target for a minute.
fuzz:
	go test -run '^$$' -fuzz FuzzHits -fuzztime 1m ./internal/match
	go test -run '^$$' -fuzz FuzzWork -fuzztime 1m ./internal/match
	go test -run '^$$' -fuzz FuzzRead -fuzztime 1m ./internal/reading
	go test -run '^$$' -fuzz FuzzScan -fuzztime 1m ./internal/filter
	go test -run '^$$' -fuzz FuzzDiagnose -fuzztime 1m ./internal/handler
	go test -run '^$$' -fuzz FuzzTrust -fuzztime 1m ./internal/envelope
	go test -run '^$$' -fuzz FuzzIndent -fuzztime 1m ./internal/answer
	go test -run '^$$' -fuzz FuzzGuess -fuzztime 1m ./internal/charset
	go test -run '^$$' -fuzz FuzzHighlight -fuzztime 1m ./internal/markdown

# dist writes the zips for the hosts, and the site.
dist:
	go run ./deploy/package
