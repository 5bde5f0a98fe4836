package web

import (
	"net/http"

	"github.com/gridwarden/gridwarden/handlers/doorway"
)

// visitor names the network that a request comes from, for quotas.
func (s *Site) visitor(r *http.Request) string { return doorway.Visitor(r, s.o.Proxies) }
