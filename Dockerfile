# Built from a checkout: the first stage makes the single file, the second one only runs it.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# The runtime image has neither a shell nor env: the program names its interpreter itself.
RUN npm run build && sed -i '1s|.*|#!/nodejs/bin/node|' dist/render-istio.cjs

FROM gcr.io/distroless/nodejs24-debian12:nonroot
LABEL org.opencontainers.image.title="render-istio" \
      org.opencontainers.image.description="Renders an IstioOperator into the ordered manifests of its mesh" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/dist/render-istio.cjs /usr/local/bin/render-istio
COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
# Argo CD runs its plugins as this user; kpt and kustomize choose their own.
USER 999
ENTRYPOINT ["/nodejs/bin/node", "/usr/local/bin/render-istio"]
