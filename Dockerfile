FROM python:3.13-slim-trixie AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/gendan
ENV PATH=/opt/gendan/bin:$PATH
WORKDIR /src

# First what changes rarely, so that a change of the code does not install everything again.
COPY requirements.lock ./
RUN pip install --only-binary :all: --require-hashes --requirement requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY domain domain
COPY handlers handlers
COPY scheduler scheduler
COPY storage storage
RUN pip install --no-deps --no-build-isolation . \
    && pip uninstall --yes hatchling pip


FROM python:3.13-slim-trixie

RUN useradd --system --uid 10001 --home-dir /data --create-home gendan
COPY --from=build /opt/gendan /opt/gendan

ENV PATH=/opt/gendan/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GENDAN_HOST=0.0.0.0 \
    GENDAN_PORT=8080
USER 10001
# Without GENDAN_DATABASE_URL the database is a file in here.
WORKDIR /data
VOLUME /data
EXPOSE 8080

HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['GENDAN_PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["gendan"]
CMD ["serve"]
