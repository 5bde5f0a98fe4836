# The image holds one static binary and nothing else: the CA roots, the time zones and the district's data are in it.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /gridwarden ./bot && mkdir -p /empty/data

FROM scratch
COPY --from=build /gridwarden /gridwarden
COPY --from=build --chown=65532:65532 /empty/data /data
USER 65532:65532
ENV GRIDWARDEN_MEDIA=/data/media GRIDWARDEN_LISTEN=0.0.0.0:8080 GRIDWARDEN_SITE=0.0.0.0:8081
VOLUME /data
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["/gridwarden", "healthcheck", "--listen", "127.0.0.1:8080"]
ENTRYPOINT ["/gridwarden"]
CMD ["serve"]
