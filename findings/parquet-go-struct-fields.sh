#!/usr/bin/env bash
# Guess: a Go struct that does not fit a file is refused. The package says of itself that its conversions add and remove
# columns and perform none of types; a null has no place in a float64, and a column that is not there is an error.
#
# Seen with parquet-go 0.32.0 (github.com/parquet-go/parquet-go, Read and GenericReader), without an error each: a field
# whose name is not in the file, by a slip (quotevolume) or as OpenTimeMs without a tag for open_time_ms, is 0 in every
# row. A null is 0, false or an empty text unless the field is a pointer, so an unknown volume is that of a minute
# without trades. An int64 in an int32 loses its upper half: the milliseconds of 2026-01-01 are 1994041344, which is in
# January of 1970, and a minute later is still 60000 more. A double in an int64 loses its fraction: 0.9 is 0. Only a
# text that is no number is an error. Tag each field, make those that can be null pointers, and compare the types with
# those of the file's own schema.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Go or the module cannot be had.
set -euo pipefail

command -v go >/dev/null || { echo 'skipped: no go'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >go.mod <<'M'
module finding

go 1.26

require github.com/parquet-go/parquet-go v0.32.0
M
cat >main.go <<'G'
package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/parquet-go/parquet-go"
)

type written struct {
	OpenTime    int64    `parquet:"open_time_ms"`
	Price       float64  `parquet:"price"`
	QuoteVolume *float64 `parquet:"quote_volume,optional"`
	IsClosed    *bool    `parquet:"is_closed,optional"`
	Source      *string  `parquet:"source,optional"`
}

type plain struct {
	QuoteVolume float64 `parquet:"quote_volume"`
	IsClosed    bool    `parquet:"is_closed"`
	Source      string  `parquet:"source"`
}

type misnamed struct {
	OpenTimeMs int64
	Volume     float64 `parquet:"quotevolume"`
}

type narrow struct {
	OpenTime int32 `parquet:"open_time_ms"`
	Price    int64 `parquet:"price"`
}

type numbers struct {
	Source int64 `parquet:"source"`
}

type pointers struct {
	OpenTime    int64    `parquet:"open_time_ms"`
	QuoteVolume *float64 `parquet:"quote_volume"`
}

var file bytes.Buffer

// read has all rows, by either way to read them, or the word error.
func read[T any]() string {
	rows, err := parquet.Read[T](bytes.NewReader(file.Bytes()), int64(file.Len()))
	generic := make([]T, 2)
	n, err2 := parquet.NewGenericReader[T](bytes.NewReader(file.Bytes())).Read(generic)
	if err != nil || n < 2 {
		return fmt.Sprint("error ", err != nil, " ", n < 2 && err2 != nil)
	}
	return fmt.Sprint(rows, generic[:n])
}

func main() {
	volume, closed, source := 5.0, true, "live"
	must(parquet.Write(&file, []written{
		{1767225600000, 0.9, &volume, &closed, &source},
		{1767225660000, 67123.45, nil, nil, nil},
	}))
	same := true
	for _, seen := range [][]string{
		{"nulls in plain fields", read[plain](), "[{5 true live} {0 false }] [{5 true live} {0 false }]"},
		{"names that are not there", read[misnamed](), "[{0 0} {0 0}] [{0 0} {0 0}]"},
		{"an int32 for an int64, an int64 for a double", read[narrow](),
			"[{1994041344 0} {1994101344 67123}] [{1994041344 0} {1994101344 67123}]"},
		{"a number for a text", read[numbers](), "error true true"},
	} {
		fmt.Printf("%s: %s\n", seen[0], seen[1])
		same = same && seen[1] == seen[2]
	}
	rows, err := parquet.Read[pointers](bytes.NewReader(file.Bytes()), int64(file.Len()))
	must(err)
	right := *rows[0].QuoteVolume == 5 && rows[1].QuoteVolume == nil && rows[1].OpenTime == 1767225660000
	fmt.Println("a pointer is right:", right)
	if !same || !right {
		fmt.Println("this has changed")
		os.Exit(1)
	}
	fmt.Println("as written down")
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
G
export GOFLAGS=-mod=mod
go mod tidy >/dev/null 2>&1 || { echo 'skipped: the module cannot be had'; exit 77; }
go build -o finding . && ./finding
