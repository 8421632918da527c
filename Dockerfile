# The official Flink with the collector in it; docker-compose.yml runs every service of ours from it.
# Build the program first, by `./candles version` for example: what is copied is cli/target/candles.
FROM flink:2.3.0-java17

# The named volumes take over these folders' owner when they are first used.
USER root
RUN mkdir -p /lake /ha /opt/flink/usrlib /opt/flink/plugins/metrics-prometheus \
 && chown 9999:9999 /lake /ha \
 && ln -s /opt/candles/candles /usr/local/bin/candles

# What each `./candles` command needs, with a Flink of its own: QA, compaction, stop, simulated venues.
COPY cli/target/candles /opt/candles
COPY deploy/compose/repeat deploy/compose/answers deploy/compose/own-job /opt/candles/

# With the archives of classes the commands start with half to two thirds of the CPU; without, the image is as good.
RUN /opt/candles/candles bootstrap --only-classes commands || true

# The job. Flink loads what lies in usrlib apart from its own classes.
COPY cli/target/candles/candles-cluster.jar /opt/flink/usrlib/

# The image may have the reporter in this folder already: the same file again, never a second one.
COPY cli/target/candles/plugins/metrics-prometheus /opt/flink/plugins/metrics-prometheus

# The image's entrypoint writes FLINK_PROPERTIES into config.yaml, so it must belong to the user; for
# that reason nothing is mounted over it, and the root of these containers is not read-only.
COPY --chown=9999:9999 flink-conf/config.yaml /opt/flink/conf/config.yaml
COPY flink-conf/log4j.properties /opt/flink/conf/log4j-console.properties
COPY flink-conf/log4j-cli.properties /opt/flink/conf/log4j-cli.properties

# flink:flink of the official image, by number: the user must be known to be none of root's.
USER 9999:9999
