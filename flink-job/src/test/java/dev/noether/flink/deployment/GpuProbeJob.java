package dev.noether.flink.deployment;

import dev.noether.flink.scoring.GpuDevice;
import dev.noether.flink.scoring.ScoringResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A job of the scoring job's shape whose scorer says which device it was given. */
public final class GpuProbeJob {
    private GpuProbeJob() {}

    public static void main(String[] arguments) throws Exception {
        Map<?, ?> detector = (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(arguments[1])));
        String servers = (String) ((Map<?, ?>) detector.get("kafka")).get("bootstrapServers");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        SingleOutputStreamOperator<String> scores = environment
                .fromSource(
                        KafkaSource.<String>builder()
                                .setBootstrapServers(servers)
                                .setTopics("observations")
                                .setStartingOffsets(OffsetsInitializer.earliest())
                                .setValueOnlyDeserializer(new SimpleStringSchema())
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "observations")
                .map(new DeviceFunction())
                .name("score");
        ScoringResources.fromEnvironment(System.getenv())
                .request(environment, scores)
                .sinkTo(KafkaSink.<String>builder()
                        .setBootstrapServers(servers)
                        .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                                .setTopic("scores")
                                .setValueSerializationSchema(new SimpleStringSchema())
                                .build())
                        .build());
        environment.execute("gpu-probe");
    }

    private static final class DeviceFunction extends RichMapFunction<String, String> {
        private static final long serialVersionUID = 1L;

        private transient String device = "";

        @Override
        public void open(OpenContext context) {
            device = GpuDevice.indexOf(getRuntimeContext()).toString();
        }

        @Override
        public String map(String value) {
            return device;
        }
    }
}
