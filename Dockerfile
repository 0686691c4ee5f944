# The image: one binary with everything inside, beside tesseract for receipts, run by a user without rights.
#   docker build -t wealthwise .
#   docker run -p 3000:3000 -v wealthwise-data:/data wealthwise

FROM rust:1.96-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends nodejs npm mold \
 && rm -rf /var/lib/apt/lists/* \
 && rustup target add wasm32-unknown-unknown
WORKDIR /build
COPY . .
# The same steps as outside: make release runs scripts/setup itself.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/cache \
    WEALTHWISE_TOOLCHAIN=rustup WEALTHWISE_CACHE=/cache CARGO_TARGET_DIR=/cache/target make release \
 && install -D /cache/target/release/wealthwise /out/wealthwise

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tesseract-ocr tesseract-ocr-eng tesseract-ocr-deu \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin wealthwise \
 && install -d -o wealthwise -g wealthwise -m 0700 /data
COPY --from=build /out/wealthwise /usr/local/bin/wealthwise
USER wealthwise
WORKDIR /data
ENV HOST=0.0.0.0 PORT=3000 WEALTHWISE_DATA_DIR=/data
EXPOSE 3000
VOLUME /data
# The program asks itself: no curl in the image.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["wealthwise", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["wealthwise"]
CMD ["serve"]
