package dev.noether.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A block of code in docs/sources.md. */
public record PageBlock(String language, String text) {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)\n```", Pattern.DOTALL);

    /** Returns the blocks of a section, in order. */
    public static List<PageBlock> ofSection(String section) throws IOException {
        Path page = Files.exists(Path.of("docs", "sources.md"))
                ? Path.of("docs", "sources.md")
                : Path.of("..", "docs", "sources.md");
        String text = Files.readString(page);
        int from = text.indexOf("\n## " + section + "\n");
        assertThat(from).as(section).isPositive();
        int to = text.indexOf("\n## ", from + 1);
        Matcher matcher = BLOCK.matcher(text.substring(from, to < 0 ? text.length() : to));
        List<PageBlock> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new PageBlock(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** Returns a record in Avro's binary encoding, behind a header, of its JSON encoding. */
    public static byte[] avro(String schemaText, String json, byte[] header) throws IOException {
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
}
