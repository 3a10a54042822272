package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.artifact.ArtifactException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * An artifact's file: an Avro object container with one record of a known schema in one block without compression. This
 * class reads the container itself. Avro's reader would parse any schema, load any codec, and believe any length.
 *
 * @param schema schema of the record, one of {@link ArtifactSchemas}
 * @param from index of the record's first byte
 * @param length length of the record, bytes
 */
record ArtifactContainer(Schema schema, int from, int length) {
    /** Name of the format version in the header. */
    static final String FORMAT_KEY = "noether.format";

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int MARKER_BYTES = 16;
    private static final int MOST_ENTRIES = 16;

    /**
     * Reads the header of a file.
     *
     * @throws ArtifactException if it is not the header of an artifact, or belongs to a newer format
     */
    static ArtifactContainer of(byte[] file) throws ArtifactException {
        BoundedBytes in = new BoundedBytes(file, 0, file.length);
        if (!Arrays.equals(MAGIC, in.take(Math.min(MAGIC.length, file.length), "magic"))) {
            throw unreadable("it does not begin as an Avro file does");
        }
        Map<String, byte[]> header = header(in);
        requireKnownFormat(header);
        requireNoCompression(header);
        Schema schema = header.containsKey("avro.schema")
                ? ArtifactSchemas.find(requireNonNull(header.get("avro.schema")))
                : null;
        if (schema == null) {
            throw unreadable("its schema is none that a version of Noether has written");
        }
        byte[] marker = in.take(MARKER_BYTES, "marker");
        if (in.remaining() == 0) {
            throw new ArtifactException(Fault.UNREADABLE, "the file ends before the model");
        }
        long records = in.readLong("number of records");
        if (records != 1) {
            throw unreadable("it must hold 1 model (found " + records + ")");
        }
        int length = in.readCount("model");
        int from = in.position();
        in.skip(length, "model");
        if (!Arrays.equals(marker, in.take(MARKER_BYTES, "marker after the model")) || in.remaining() > 0) {
            throw unreadable("it does not end behind the model");
        }
        return new ArtifactContainer(schema, from, length);
    }

    private static Map<String, byte[]> header(BoundedBytes in) throws ArtifactException {
        Map<String, byte[]> entries = new HashMap<>();
        for (long items = in.readLong("header"); items != 0; items = in.readLong("header")) {
            if (items < 0) {
                in.readCount("header");
                items = -items;
            }
            int count = in.count(items, "header");
            for (int i = 0; i < count; i++) {
                entries.put(new String(in.readBytes("header"), StandardCharsets.UTF_8), in.readBytes("header"));
                if (entries.size() > MOST_ENTRIES) {
                    throw unreadable("its header has more than " + MOST_ENTRIES + " entries");
                }
            }
        }
        return entries;
    }

    private static void requireNoCompression(Map<String, byte[]> header) throws ArtifactException {
        byte[] codec = header.get("avro.codec");
        if (codec != null && !shown(codec).equals("null")) {
            throw unreadable("it is compressed with `" + shown(codec) + "`, and a model artifact is not compressed");
        }
    }

    private static void requireKnownFormat(Map<String, byte[]> header) throws ArtifactException {
        byte[] format = header.get(FORMAT_KEY);
        if (format == null) {
            throw new ArtifactException(
                    Fault.UNREADABLE, "the Avro file is not a model artifact: it has no " + FORMAT_KEY);
        }
        String text = shown(format);
        if (!text.matches("-?\\d{1,18}")) {
            throw new ArtifactException(
                    Fault.UNREADABLE, "`" + FORMAT_KEY + "` must be the number of a format (found `" + text + "`)");
        }
        long version = Long.parseLong(text);
        if (version < 1) {
            throw new ArtifactException(
                    Fault.UNREADABLE, "found format version " + version + ", the first version is 1");
        }
        if (version > ArtifactCodec.FORMAT_VERSION) {
            throw new ArtifactException(
                    Fault.FUTURE_FORMAT,
                    "found format version " + version + ", supports at most " + ArtifactCodec.FORMAT_VERSION);
        }
    }

    /** The beginning of a text of the header, for a comparison or a message. */
    private static String shown(byte[] text) {
        return new String(text, 0, Math.min(text.length, 40), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }

    private static ArtifactException unreadable(String problem) {
        return new ArtifactException(
                Fault.UNREADABLE, "the file is not a model artifact, or it is damaged: " + problem);
    }
}
