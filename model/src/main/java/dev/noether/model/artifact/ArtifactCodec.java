package dev.noether.model.artifact;

import dev.noether.model.artifact.ArtifactException.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Turns an artifact into the bytes of a file and back: an Avro object container with one record, readable by any Avro
 * tool, with the format version in its metadata. The same artifact has the same bytes. Files of every earlier format can be
 * read: what a format did not have yet takes the values with which its models were calibrated.
 *
 * <p>Stateless; thread safe.
 */
public final class ArtifactCodec {
    /** The format that is written, and the latest that can be read. */
    public static final int FORMAT_VERSION = 2;

    private static final String FORMAT_KEY = "noether.format";

    private ArtifactCodec() {}

    /** Returns the artifact's bytes. */
    public static byte[] encode(ModelArtifact artifact) {
        return encode(artifact, FORMAT_VERSION);
    }

    static byte[] encode(ModelArtifact artifact, int formatVersion) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Avro's marker between blocks is random unless given; random bytes would make equal models unequal files.
        byte[] marker = Arrays.copyOf(sha256(ArtifactRecord.SCHEMA.toString().getBytes(StandardCharsets.UTF_8)), 16);
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<>(ArtifactRecord.SCHEMA))) {
            writer.setMeta(FORMAT_KEY, formatVersion);
            writer.create(ArtifactRecord.SCHEMA, out, marker);
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
     * @throws ArtifactException if it is damaged, of a later format, or holds numbers that are not finite
     */
    public static ModelArtifact decode(byte[] bytes) throws ArtifactException {
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(
                new SeekableByteArrayInput(bytes), new GenericDatumReader<>(null, ArtifactRecord.SCHEMA))) {
            requireKnownFormat(reader);
            if (!reader.hasNext()) {
                throw new ArtifactException(Fault.UNREADABLE, "the file ends before the model");
            }
            return ArtifactRecord.read(reader.next());
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(Fault.INVALID_CONTENT, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // Avro meets damaged bytes with whatever it stumbles over, null pointers among it.
            throw new ArtifactException(
                    Fault.UNREADABLE, "this is no model artifact, or a damaged one: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            // Avro makes room for a damaged length before it looks how much there is. Nothing was made: nothing is
            // lost.
            throw new ArtifactException(Fault.UNREADABLE, "a length in the file is beyond all memory: it is damaged");
        }
    }

    /**
     * Reads an artifact and checks that it is the announced one.
     *
     * @param bytes the whole file
     * @param sha256 the announced hash, lower-case hexadecimal
     * @throws ArtifactException as {@link #decode}, or if the hash is another
     */
    public static ModelArtifact verified(byte[] bytes, String sha256) throws ArtifactException {
        String found = hash(bytes);
        if (!found.equals(sha256)) {
            throw new ArtifactException(
                    Fault.HASH_MISMATCH,
                    "SHA-256 is " + found + ", announced was " + sha256 + ": damaged or cut short");
        }
        return decode(bytes);
    }

    /** The SHA-256 of bytes, lower-case hexadecimal. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    private static void requireKnownFormat(DataFileReader<GenericRecord> reader) throws ArtifactException {
        byte[] format = reader.getMeta(FORMAT_KEY);
        if (format == null) {
            throw new ArtifactException(Fault.UNREADABLE, "an Avro file, but no model artifact: no " + FORMAT_KEY);
        }
        long version = reader.getMetaLong(FORMAT_KEY);
        if (version < 1) {
            throw new ArtifactException(Fault.UNREADABLE, "found format version " + version + ", the first one is 1");
        }
        if (version > FORMAT_VERSION) {
            throw new ArtifactException(
                    Fault.FUTURE_FORMAT, "found format version " + version + ", supports at most " + FORMAT_VERSION);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
