# One image for web, worker, beat and migrations; the command decides which.

FROM node:24-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY static static
RUN npm run build

FROM python:3.13-slim AS packages
COPY requirements.lock .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps --requirement requirements.lock

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.prod \
    DATA_DIR=/tmp \
    PHOTOS_DIR=/photos \
    WEB_BIND=0.0.0.0:8000
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin homestretch \
    && install --directory --owner 10001 --mode 700 /photos
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /build/static/built static/built
# Production settings refuse to load half-configured; this step needs no database.
RUN SECRET_KEY=of-this-build-step-alone-and-in-no-running-container \
    ALLOWED_HOSTS=localhost SITE_URL=https://localhost \
    DATABASE_URL=postgresql://nowhere REDIS_URL=redis://nowhere EMAIL_URL=smtp://nowhere \
    DEFAULT_FROM_EMAIL=nobody@nowhere.invalid \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
