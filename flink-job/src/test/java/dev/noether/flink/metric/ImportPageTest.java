package dev.noether.flink.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.source.PageBlock;
import dev.noether.flink.source.otlp.OtlpJson;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The imports of docs/sources.md read the records that stand below them, and give the values below these. */
class ImportPageTest {
    private static final JobClock CLOCK =
            () -> Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Import: rows from several records",
                "Import: several fields in each record",
                "Import: a list in each record",
                "Import: lines of InfluxDB",
                "Import: OpenTelemetry",
                "Import: Prometheus"
            })
    void aTextualRecord(String section) throws Exception {
        List<PageBlock> blocks = PageBlock.ofSection(section);
        assertThat(blocks).hasSize(3);
        check(config(blocks.get(0).text()), blocks.get(1).text().getBytes(StandardCharsets.UTF_8), blocks.get(2));
    }

    @Test
    void metricsOfOpenTelemetryAsProtocolBuffers() throws Exception {
        List<PageBlock> blocks = PageBlock.ofSection("Import: OpenTelemetry");
        OtlpJson json = new OtlpJson();
        json.toProto(blocks.get(1).text().getBytes(StandardCharsets.UTF_8));
        byte[] record = MetricsData.parseFrom(Arrays.copyOf(json.bytes(), json.length()))
                .toByteArray();
        check(config(blocks.get(0).text().replace("otlp-json", "otlp-proto")), record, blocks.get(2));
    }

    @Test
    void anAvroRecord() throws Exception {
        List<PageBlock> blocks = PageBlock.ofSection("Import: Avro");
        assertThat(blocks).hasSize(4);
        Files.writeString(folder.resolve("value.avsc"), blocks.get(1).text());
        byte[] record = PageBlock.avro(blocks.get(1).text(), blocks.get(2).text(), new byte[0]);
        check(config(blocks.get(0).text()), record, blocks.get(3));
    }

    private static void check(DetectorConfig config, byte[] value, PageBlock expected) throws Exception {
        assertThat(config.source().isImported()).isTrue();
        List<List<String>> values = new ArrayList<>();
        int given = MetricReaders.of(config, Duration.ofSeconds(1), CLOCK)
                .read(
                        new ConsumerRecord<>("t", 0, 0, new byte[0], value),
                        (entity, feature, series, time, kind, number) -> values.add(List.of(
                                entity,
                                Instant.ofEpochMilli(time).toString(),
                                config.features().name(feature),
                                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString())));
        assertThat(values)
                .isEqualTo(expected.text()
                        .lines()
                        .map(line -> List.of(line.split(" +")))
                        .toList())
                .hasSize(given);
    }

    private DetectorConfig config(String file) throws IOException {
        return DetectorConfig.load(Files.writeString(folder.resolve("detector.yaml"), file));
    }
}
