package dev.noether.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.testing.TestingArtifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Files that would stop a task manager if Avro read them: each is refused in words, without an error of the JVM. */
final class HostileArtifactTest {
    private static final String CURRENT = ArtifactSchemas.CURRENT.toString();
    private static final byte[] MARKER = new byte[16];

    @Test
    void aRecursiveSchemaIsNotRead() throws Exception {
        String recursive =
                "{\"type\":\"record\",\"name\":\"ModelArtifact\",\"fields\":[{\"name\":\"features\",\"type\":"
                        + "\"ModelArtifact\"}]}";
        assertThat(refusal(file(recursive, null, 1, new byte[0]))).contains("schema is none");
    }

    @Test
    void aDeepSchemaIsNotParsed() throws Exception {
        int depth = 20_000;
        String deep = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"null\"" + "}".repeat(depth);
        assertThat(refusal(file(deep, null, 1, new byte[0]))).contains("schema is none");
        assertThat(refusal(file("[".repeat(60_000), null, 1, new byte[0]))).contains("schema is none");
    }

    @Test
    void anArrayOfTwoToTheSixtyFirstNullsIsNotRead() throws Exception {
        String nulls = "{\"type\":\"record\",\"name\":\"ModelArtifact\",\"namespace\":\"dev.noether.model.artifact\","
                + "\"fields\":[{\"name\":\"endless\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}";
        assertThat(refusal(file(nulls, null, 1, number(1L << 61)))).contains("schema is none");
    }

    @Test
    void lengthsBeyondTheFileAreNotAllocated() throws Exception {
        for (long length : new long[] {1L << 61, Integer.MAX_VALUE, Long.MIN_VALUE, -(1L << 40), 1_000_000}) {
            byte[] model = concat(number(length), number(1L << 40));
            assertThat(refusal(file(CURRENT, null, 1, model)))
                    .contains("`features`")
                    .contains("bytes of the file are left");
        }
        assertThat(refusal(file(CURRENT, null, 1, concat(number(1), number(Integer.MAX_VALUE)))))
                .contains("the length of `features` is 2147483647");
    }

    @Test
    void aCompressedFileIsRefusedByTheNameOfItsCodec() throws Exception {
        for (String codec : List.of("bzip2", "xz", "zstandard", "snappy", "no such codec")) {
            assertThat(refusal(file(CURRENT, codec, 1, new byte[0]))).contains("compressed with `" + codec + "`");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(ArtifactSchemas.CURRENT))) {
            writer.setCodec(CodecFactory.deflateCodec(9));
            writer.setMeta(ArtifactContainer.FORMAT_KEY, ArtifactCodec.FORMAT_VERSION);
            writer.create(ArtifactSchemas.CURRENT, out);
            writer.append(ArtifactRecord.of(TestingArtifacts.plain()));
        }
        assertThat(refusal(out.toByteArray())).contains("compressed with `deflate`");
    }

    @Test
    void anythingButOneModelIsRefused() throws Exception {
        byte[] good = ArtifactCodec.encode(TestingArtifacts.plain());
        assertThat(refusal(file(CURRENT, null, 2, new byte[0]))).contains("it must hold 1 model (found 2)");
        assertThat(refusal(file(CURRENT, null, Long.MIN_VALUE, new byte[0]))).contains("must hold 1 model");
        assertThat(refusal(Arrays.copyOf(good, good.length + 1))).contains("does not end behind the model");
    }

    @Test
    void aFormatThatIsNoNumberIsRefusedInWords() throws Exception {
        for (String format : List.of("two", "", "1e3", "99999999999999999999", "2 ")) {
            assertThat(refusal(file(CURRENT, format, null, 1, new byte[0])))
                    .isEqualTo("`noether.format` must be the number of a format (found `" + format + "`)");
        }
    }

    @Test
    void anEndlessHeaderIsRefused() throws Exception {
        Map<String, String> header = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            header.put("key" + i, "");
        }
        assertThat(refusal(file(header, 1, new byte[0]))).contains("more than 16 entries");
    }

    @Test
    void aCalibrationOfTheFirstFormatDoesNotAllocateItsAnnouncedSize() throws Exception {
        GenericRecord record = ArtifactRecord.of(TestingArtifacts.plain());
        record.put("calibrationEffectiveSize", 0.0);
        record.put("calibrationSize", Integer.MAX_VALUE - 8);
        record.put("calibrationScores", record.get("calibrationBody"));
        int count = ((java.nio.ByteBuffer) record.get("calibrationBody")).remaining() / Float.BYTES;
        record.put("calibrationAtLeast", java.util.Collections.nCopies(count, 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(ArtifactSchemas.CURRENT).write(record, encoder);
        encoder.flush();
        ArtifactException refused = catchThrowableOfType(
                ArtifactException.class, () -> ArtifactCodec.decode(file(CURRENT, null, 1, out.toByteArray())));
        assertThat(refused.fault()).isEqualTo(Fault.INVALID_CONTENT);
        assertThat(refused).hasMessageContaining("at most 4194304 held-out scores (got 2147483639)");
    }

    @Test
    void widthsWhoseProductOverflowsAreRefused() {
        GenericRecord record = ArtifactRecord.of(TestingArtifacts.plain());
        record.put("encoderWidths", List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> ArtifactRecord.read(record)))
                .hasMessage("`encoderWidths` must be at most 65536 (got 2147483647)");
        int widest = Integer.MAX_VALUE;
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class,
                        () -> new AutoencoderShape(widest, List.of(widest, widest, widest), 1, List.of())))
                .hasMessageContaining("fewer than 2^31 - 8 parameters");
        record.put("encoderWidths", java.util.Collections.nCopies(100_000, 1));
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> ArtifactRecord.read(record)))
                .hasMessage("`encoderWidths` must have at most 64 widths (got 100000)");
    }

    @Test
    void eachSchemaThatWasEverWrittenIsKnown() {
        assertThat(ArtifactSchemas.known())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(schema -> assertThat(
                                ArtifactSchemas.find(schema.toString().getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(schema));
    }

    private static String refusal(byte[] file) {
        ArtifactException refusal = catchThrowableOfType(ArtifactException.class, () -> ArtifactCodec.decode(file));
        assertThat(refusal.fault()).isEqualTo(Fault.UNREADABLE);
        return refusal.getMessage();
    }

    private static byte[] file(String schema, String codec, long records, byte[] model) throws IOException {
        return file(schema, String.valueOf(ArtifactCodec.FORMAT_VERSION), codec, records, model);
    }

    private static byte[] file(String schema, String format, String codec, long records, byte[] model)
            throws IOException {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("avro.schema", schema);
        header.put(ArtifactContainer.FORMAT_KEY, format);
        if (codec != null) {
            header.put("avro.codec", codec);
        }
        return file(header, records, model);
    }

    /** Writes an Avro container by hand: Avro's writer would refuse most of these. */
    private static byte[] file(Map<String, String> header, long records, byte[] model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {'O', 'b', 'j', 1});
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeMapStart();
        encoder.setItemCount(header.size());
        for (Map.Entry<String, String> entry : header.entrySet()) {
            encoder.startItem();
            encoder.writeString(entry.getKey());
            encoder.writeString(entry.getValue());
        }
        encoder.writeMapEnd();
        encoder.flush();
        out.write(MARKER);
        out.write(number(records));
        out.write(number(model.length));
        out.write(model);
        out.write(MARKER);
        return out.toByteArray();
    }

    private static byte[] number(long value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeLong(value);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
