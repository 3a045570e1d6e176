# Built from a checkout: the first stage makes the program, the second one only runs it.
FROM node:26-trixie-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# The Node that will run the program, which compiles it ahead.
COPY --from=gcr.io/distroless/nodejs26-debian13:nonroot /nodejs/bin/node /nodejs/bin/node
# The runtime image has neither a shell nor env: the program names its interpreter itself.
RUN npm run build && node scripts/sbom.mjs \
 && mkdir dist/bin && sed '1s|.*|#!/nodejs/bin/node|' dist/render-istio.cjs > dist/bin/render-istio \
 && chmod 755 dist/bin/render-istio && PATH=/nodejs/bin:$PATH node scripts/compile.mjs dist/bin/render-istio

FROM gcr.io/distroless/nodejs26-debian13:nonroot
# What the builder knows: --build-arg VERSION=1.2.3 --build-arg CREATED=$(date -u +%FT%TZ) and so on.
ARG VERSION=0.1.0
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=https://git.example.com/render-istio
LABEL org.opencontainers.image.title="render-istio" \
      org.opencontainers.image.description="Renders an IstioOperator into the ordered manifests of its mesh, for Argo CD, kpt, kustomize and Flux" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.documentation="${SOURCE}/blob/main/README.md" \
      io.artifacthub.package.readme-url="${SOURCE}/raw/main/README.md" \
      io.artifacthub.package.license="Apache-2.0" \
      io.artifacthub.package.category="networking" \
      io.artifacthub.package.keywords="istio,gitops,argocd,kpt,kustomize,flux,krm"
COPY --from=build /src/dist/bin/ /usr/local/bin/
COPY --from=build /src/dist/sbom.cdx.json /usr/local/share/render-istio/sbom.cdx.json
COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
# Argo CD runs its plugins as this user; kpt and kustomize choose their own.
USER 999
ENTRYPOINT ["/nodejs/bin/node", "/usr/local/bin/render-istio"]
