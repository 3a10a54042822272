package dev.noether.flink.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The smallest job in the place of the scoring job: every observation becomes a score, exactly once. */
public final class PassThroughJob {
    private PassThroughJob() {}

    public static void main(String[] arguments) throws Exception {
        Map<?, ?> detector = (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(arguments[1])));
        Map<?, ?> topics = (Map<?, ?>) detector.get("topics");
        String servers = (String) ((Map<?, ?>) detector.get("kafka")).get("bootstrapServers");
        String checkpoints = (String) ((Map<?, ?>) detector.get("checkpoints")).get("directory");

        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment
                .fromSource(
                        KafkaSource.<String>builder()
                                .setBootstrapServers(servers)
                                .setTopics((String) topics.get("observations"))
                                .setStartingOffsets(OffsetsInitializer.earliest())
                                .setValueOnlyDeserializer(new SimpleStringSchema())
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "observations")
                .uid("observations")
                .sinkTo(KafkaSink.<String>builder()
                        .setBootstrapServers(servers)
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix("pass-through")
                        // Below the broker's transaction.max.timeout.ms, which refuses the default of an hour.
                        .setProperty("transaction.timeout.ms", "600000")
                        .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                                .setTopic((String) topics.get("scores"))
                                .setValueSerializationSchema(new SimpleStringSchema())
                                .build())
                        .build())
                .uid("scores");
        environment.execute("pass-through");
    }
}
