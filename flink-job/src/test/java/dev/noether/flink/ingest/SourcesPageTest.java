package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RegistrySection;
import dev.noether.flink.source.PageBlock;
import dev.noether.flink.source.registry.TestingRegistry;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detector files of docs/sources.md read the records that stand below them, and give the rows below these. */
class SourcesPageTest {
    private static final JobClock CLOCK =
            () -> Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "InfluxDB's line protocol"})
    void aTextualRecord(String section) throws Exception {
        List<PageBlock> blocks = PageBlock.ofSection(section);
        assertThat(blocks).hasSize(3);
        check(config(blocks.get(0)), blocks.get(1).text().getBytes(StandardCharsets.UTF_8), "", blocks.get(2));
    }

    @Test
    void anAvroRecord() throws Exception {
        List<PageBlock> blocks = PageBlock.ofSection("Avro");
        assertThat(blocks).hasSize(4);
        Files.writeString(folder.resolve("reading.avsc"), blocks.get(1).text());
        check(
                config(blocks.get(0)),
                PageBlock.avro(blocks.get(1).text(), blocks.get(2).text(), new byte[0]),
                "",
                blocks.get(3));
    }

    @Test
    void anAvroRecordOfARegistry() throws Exception {
        List<PageBlock> blocks = PageBlock.ofSection("Avro with a schema registry");
        assertThat(blocks).hasSize(5);
        try (TestingRegistry registry = new TestingRegistry()) {
            registry.put(260, new Schema.Parser().parse(blocks.get(1).text()));
            byte[] record = PageBlock.avro(blocks.get(1).text(), blocks.get(2).text(), new byte[] {0, 0, 0, 1, 4});
            check(config(blocks.get(0)).with(RegistrySection.URL, registry.url()), record, "shop-12", blocks.get(3));
        }
    }

    private static void check(DetectorConfig config, byte[] value, String key, PageBlock expected) {
        IngestResult result = new ObservationDeserializer(config, CLOCK)
                .ingest(new ConsumerRecord<>("t", 0, 0, key.getBytes(StandardCharsets.UTF_8), value));
        assertThat(result).isInstanceOf(ObservationRow.class);
        ObservationRow row = (ObservationRow) result;
        List<String[]> lines =
                expected.text().lines().map(line -> line.split(" +", 2)).toList();
        assertThat(lines).hasSize(2 + config.features().size());
        assertThat(lines.get(0)).containsExactly("entity", row.entity());
        assertThat(lines.get(1))
                .containsExactly("time", Instant.ofEpochMilli(row.eventTime()).toString());
        for (int i = 0; i < config.features().size(); i++) {
            String[] line = lines.get(2 + i);
            assertThat(line[0]).isEqualTo(config.features().name(i));
            Float number = line[1].equals("missing") ? Float.NaN : Float.parseFloat(line[1]);
            assertThat((Float) (float) row.values()[i]).as(line[0]).isEqualTo(number);
        }
    }

    private DetectorConfig config(PageBlock file) throws IOException {
        assertThat(file.language()).isEqualTo("yaml");
        return DetectorConfig.load(Files.writeString(folder.resolve("detector.yaml"), file.text()));
    }
}
