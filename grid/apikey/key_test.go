package apikey_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/apikey"
)

var now = time.Date(2026, 11, 2, 15, 59, 0, 0, time.UTC)

func TestAdmit_QuotaIsOfTheLocalDay(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	k := apikey.Key{Name: "map", PerDay: 2}
	var err error
	for range 2 {
		if k, err = k.Admit(now, zone); err != nil {
			t.Fatal(err)
		}
	}
	if _, err = k.Admit(now, zone); grid.CodeOf(err) != grid.Conflict {
		t.Errorf("a third use that day: %v", err)
	}
	if k, err = k.Admit(now.Add(time.Minute), zone); err != nil || k.Used != 1 || k.Total != 3 {
		t.Errorf("after midnight in the district: %v, %+v", err, k)
	}
}

func TestAdmit_NotWhenRevoked(t *testing.T) {
	k := apikey.Key{PerDay: 2}.Revoke(now)
	if _, err := k.Admit(now, time.UTC); grid.CodeOf(err) != grid.Forbidden {
		t.Errorf("a revoked key: %v", err)
	}
	if again := k.Revoke(now.Add(time.Hour)); !again.Revoked.Equal(now) {
		t.Error("the first time counts")
	}
}

func TestHash_TellsNothing(t *testing.T) {
	if h := apikey.Hash(" gw_abc "); h != apikey.Hash("gw_abc") || len(h) != 64 {
		t.Errorf("hash %s", h)
	}
}
