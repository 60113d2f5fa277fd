package model_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
)

// hostileText is what somebody with a program of their own could write.
func hostileText(t *rapid.T) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"", "x", "\x00", "\x1b[2J", "\u202eabc", "0001-01-01", "9999-12-31", "1970-01-01", "2026-11-23", "1980",
			"1980-08", "-1", "0", "999999.99", "25:99", "NaN", "A1234AA", "9434765919", "LEI", "OUT", "done", "signed",
			"TTO", "HA", "XEL", "supply/a/packed", "null", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "release", "nhs", "accepted", "reception",
		}),
		rapid.String(),
	).Draw(t, "text")
}

// hostile draws a JSON value that a type may take, or nearly so.
func hostile(t *rapid.T, of reflect.Type, depth int) any {
	if depth > 6 || rapid.IntRange(0, 15).Draw(t, "nothing") == 0 {
		return nil
	}
	switch of.Kind() {
	case reflect.Pointer:
		return hostile(t, of.Elem(), depth)
	case reflect.Struct:
		out := map[string]any{}
		hostileFields(t, of, depth, out)
		if len(out) == 0 {
			return hostileText(t)
		}
		return out
	case reflect.Slice, reflect.Array:
		if of.Elem().Kind() == reflect.Uint8 {
			return rapid.OneOf(rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 80), func(b []byte) any { return b }), rapid.Just(any(hostileText(t)))).Draw(t, "bytes")
		}
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, hostile(t, of.Elem(), depth+1))
		}
		return list
	case reflect.Map:
		return map[string]any{hostileText(t): hostile(t, of.Elem(), depth+1)}
	case reflect.Bool:
		return rapid.Bool().Draw(t, "bool")
	case reflect.String:
		return hostileText(t)
	}
	return rapid.OneOf(
		rapid.Map(rapid.Int64(), func(n int64) any { return n }), rapid.Map(rapid.Int8(), func(n int8) any { return n }),
		rapid.Just(any(hostileText(t))),
	).Draw(t, "number")
}

func hostileFields(t *rapid.T, of reflect.Type, depth int, out map[string]any) {
	for i := range of.NumField() {
		f := of.Field(i)
		name := f.Tag.Get("json")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			hostileFields(t, f.Type, depth, out)
		case !f.IsExported():
		default:
			for j, c := range name {
				if c == ',' {
					name = name[:j]
					break
				}
			}
			if name == "" {
				name = f.Name
			}
			out[name] = hostile(t, f.Type, depth+1)
		}
	}
}

// The hub asks of an op whose it is and whether they may, and nothing of what it
// says. So whatever a change says, folding it fails nowhere, and what it leaves
// can be kept and read again: else one op would shut everybody's desk.
func TestWhateverAChangeSaysARecordCanBeKeptAndReadAgain(t *testing.T) {
	for _, kind := range model.Kinds() {
		t.Run(kind, func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { foldHostile(t, kind) }) })
	}
}

func foldHostile(t *rapid.T, kind string) {
	clock := model.Clock{Node: 1}
	r := model.NewRecord(model.PersonID{1}, model.Compartments())
	for range rapid.IntRange(1, 4).Draw(t, "ops") {
		of := reflect.TypeOf(mustKind(t, kind))
		body, err := json.Marshal(hostile(t, of.Elem(), 0))
		if err != nil {
			t.Skip("cannot be sent")
		}
		change, err := model.DecodeChange(kind, body)
		if err != nil {
			continue
		}
		op := &model.Op{Stamp: clock.Next(morning), Actor: model.Actor{Staff: "a.khan", Role: model.RoleNurse, Site: "LEI"},
			Person: r.ID, Kind: kind, Body: body, Change: change, Compartment: change.Compartment()}
		_ = model.Allow(op.Actor, change, r)
		_ = fmt.Sprint(change)
		_ = change.Check(r, morning)
		r.Fold(op)
		if f, ok := change.(model.Follower); ok {
			_ = f.Follows(r)
		}
	}
	for _, part := range []any{&r.Shared, r.Custody, r.Health} {
		kept, err := json.Marshal(part)
		if err != nil {
			t.Fatalf("%T cannot be kept: %v", part, err)
		}
		if err := json.Unmarshal(kept, reflect.New(reflect.TypeOf(part).Elem()).Interface()); err != nil {
			t.Fatalf("%T cannot be read again: %v", part, err)
		}
	}
	row := model.RowOf(r.ID, &r.Shared)
	kept, err := json.Marshal(row)
	if err == nil {
		err = json.Unmarshal(kept, new(model.Row))
	}
	if err != nil {
		t.Fatalf("the row cannot be kept: %v", err)
	}
	_, _, _ = r.Conflicts(), model.Timeline(nil).Readiness(&r.Shared), row.SearchText()
	_ = model.Board([]model.Row{row}, model.RoleReception, nil, model.DayOf(morning), 28)
	_, _ = model.Assemble(r, model.LetterFacts{Now: morning.Add(time.Hour)}), row.AtCourt(model.DayOf(morning))
	if last, signed := r.Health.LastLetter(); signed {
		_, _ = model.ThawLetter(last.Frozen)
	}
}

func mustKind(t *rapid.T, kind string) model.Change {
	c, err := model.DecodeChange(kind, []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
