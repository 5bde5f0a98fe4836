package category_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/seeds"
)

// fromSeeds is the classifier that the program runs with, save the names of places.
func fromSeeds(t *testing.T) *category.Classifier {
	t.Helper()
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		t.Fatal(err)
	}
	return category.NewClassifier(d.Categories, d.Matters)
}

// TestCorpusWithSeeds: the district's own words must not spoil what the language gets right.
func TestCorpusWithSeeds(t *testing.T) {
	judgeCorpus(t, fromSeeds(t))
}

func TestRealComplaintsWithSeeds(t *testing.T) {
	judgeReal(t, fromSeeds(t))
}
