package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RegistrySection;
import dev.noether.flink.source.registry.TestingRegistry;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detector files of docs/sources.md read the records that stand below them, and give the rows below these. */
class SourcesPageTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)\n```", Pattern.DOTALL);
    private static final JobClock CLOCK =
            () -> Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    private record Block(String language, String text) {}

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "InfluxDB's line protocol"})
    void aTextualRecord(String section) throws Exception {
        List<Block> blocks = blocks(section);
        assertThat(blocks).hasSize(3);
        check(config(blocks.get(0)), blocks.get(1).text().getBytes(StandardCharsets.UTF_8), "", blocks.get(2));
    }

    @Test
    void anAvroRecord() throws Exception {
        List<Block> blocks = blocks("Avro");
        assertThat(blocks).hasSize(4);
        Files.writeString(folder.resolve("reading.avsc"), blocks.get(1).text());
        check(config(blocks.get(0)), avro(blocks.get(1).text(), blocks.get(2).text(), new byte[0]), "", blocks.get(3));
    }

    @Test
    void anAvroRecordOfARegistry() throws Exception {
        List<Block> blocks = blocks("Avro with a schema registry");
        assertThat(blocks).hasSize(5);
        try (TestingRegistry registry = new TestingRegistry()) {
            registry.put(260, new Schema.Parser().parse(blocks.get(1).text()));
            byte[] record = avro(blocks.get(1).text(), blocks.get(2).text(), new byte[] {0, 0, 0, 1, 4});
            check(config(blocks.get(0)).with(RegistrySection.URL, registry.url()), record, "shop-12", blocks.get(3));
        }
    }

    private static void check(DetectorConfig config, byte[] value, String key, Block expected) {
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
            assertThat((Float) row.values()[i]).as(line[0]).isEqualTo(number);
        }
    }

    private DetectorConfig config(Block file) throws IOException {
        assertThat(file.language()).isEqualTo("yaml");
        return DetectorConfig.load(Files.writeString(folder.resolve("detector.yaml"), file.text()));
    }

    private static byte[] avro(String schemaText, String json, byte[] header) throws IOException {
        Schema schema = new Schema.Parser().parse(schemaText);
        Object record =
                new GenericDatumReader<>(schema).read(null, DecoderFactory.get().jsonDecoder(schema, json));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static List<Block> blocks(String section) throws IOException {
        Path page = Files.exists(Path.of("docs", "sources.md"))
                ? Path.of("docs", "sources.md")
                : Path.of("..", "docs", "sources.md");
        String text = Files.readString(page);
        int from = text.indexOf("\n## " + section + "\n");
        assertThat(from).as(section).isPositive();
        int to = text.indexOf("\n## ", from + 1);
        Matcher matcher = BLOCK.matcher(text.substring(from, to < 0 ? text.length() : to));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
