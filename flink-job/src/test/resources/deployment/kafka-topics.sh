#!/bin/sh
# Stands in for the Kafka image's kafka-topics.sh: the same class, from the class path of the test.
exec "$JAVA_HOME/bin/java" -Xmx128m -cp "$KAFKA_CLASS_PATH" org.apache.kafka.tools.TopicCommand "$@"
