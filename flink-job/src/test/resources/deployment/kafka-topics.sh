#!/bin/sh
# Stands in for the Kafka image's kafka-topics.sh: the same class, from the class path of the test. Such a short life is not
# worth the second compiler.
exec "$JAVA_HOME/bin/java" -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$KAFKA_CLASS_PATH" org.apache.kafka.tools.TopicCommand "$@"
