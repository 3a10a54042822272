package dev.noether.model.artifact;

import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Encodes an artifact as the bytes of a file, and decodes it. The file is an Avro object container with one record, and
 * its metadata holds the format version. Equal artifacts have equal bytes. Files of every earlier format can be read;
 * fields that a format lacks get the values with which its models were calibrated.
 *
 * <p>A file may come from anywhere. Only known schemas are read, and nothing is allocated for a length that the file
 * does not have: reading takes memory and time in proportion to the size of the file, or ends in an {@link
 * ArtifactException}.
 *
 * <p>Stateless; thread safe.
 */
public final class ArtifactCodec {
    /** The format that is written, and the newest that can be read. */
    public static final int FORMAT_VERSION = 5;

    private ArtifactCodec() {}

    /** Returns the artifact's bytes. */
    public static byte[] encode(ModelArtifact artifact) {
        return encode(artifact, FORMAT_VERSION);
    }

    static byte[] encode(ModelArtifact artifact, int formatVersion) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // By default Avro's marker between blocks is random, and equal artifacts would have different bytes.
        byte[] marker =
                Arrays.copyOf(Sha256.of(ArtifactSchemas.CURRENT.toString().getBytes(StandardCharsets.UTF_8)), 16);
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(ArtifactSchemas.CURRENT))) {
            writer.setMeta(ArtifactContainer.FORMAT_KEY, formatVersion);
            writer.create(ArtifactSchemas.CURRENT, out, marker);
            writer.append(ArtifactRecord.of(artifact));
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Reads an artifact.
     *
     * @param bytes the whole file
     * @throws ArtifactException if the file is damaged, has a newer format, or holds numbers that are not finite
     */
    public static ModelArtifact decode(byte[] bytes) throws ArtifactException {
        try {
            ArtifactContainer container = ArtifactContainer.of(bytes);
            int from = container.from();
            ArtifactScan.requireRecord(container.schema(), new BoundedBytes(bytes, from, from + container.length()));
            return ArtifactRecord.read(
                    new GenericDatumReader<GenericRecord>(container.schema(), ArtifactSchemas.CURRENT)
                            .read(null, DecoderFactory.get().binaryDecoder(bytes, from, container.length(), null)));
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(Fault.INVALID_CONTENT, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // On damaged bytes Avro throws many kinds of exceptions, null pointer exceptions among them.
            throw new ArtifactException(
                    Fault.UNREADABLE, "the file is not a model artifact, or it is damaged: " + e.getMessage());
        } catch (StackOverflowError | LinkageError e) {
            throw new ArtifactException(Fault.UNREADABLE, "the file cannot be read here: " + e);
        }
    }

    /**
     * Checks the hash of an artifact and reads it.
     *
     * @param bytes the whole file
     * @param sha256 the announced hash, lower-case hexadecimal
     * @throws ArtifactException if the hash differs, or as for {@link #decode}
     */
    public static ModelArtifact verified(byte[] bytes, String sha256) throws ArtifactException {
        requireHash(hash(bytes), sha256);
        return decode(bytes);
    }

    /**
     * Compares the hash of a file with the announced one.
     *
     * @throws ArtifactException if they differ
     */
    public static void requireHash(String actual, String announced) throws ArtifactException {
        if (!actual.equals(announced)) {
            throw new ArtifactException(
                    Fault.HASH_MISMATCH,
                    "SHA-256 is " + actual + ", expected " + announced + ": the file is damaged or incomplete");
        }
    }

    /** The SHA-256 of bytes, lower-case hexadecimal. */
    public static String hash(byte[] bytes) {
        return Sha256.hex(bytes);
    }
}
