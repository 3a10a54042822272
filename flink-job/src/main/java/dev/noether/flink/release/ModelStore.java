package dev.noether.flink.release;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.hash.Sha256;
import dev.noether.schemas.ReleasedArtifact;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The store of model artifacts: a folder of any file system that Flink supports (file, s3, hdfs …). Artifacts are
 * larger than Kafka messages; the models topic contains their addresses and hashes.
 *
 * <p>An artifact is written under a temporary name, flushed to disk, and then renamed: a reader finds the whole
 * artifact or none. Its name contains its hash, so that two writers cannot overwrite one another. Stateless; thread
 * safe.
 */
public final class ModelStore implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Larger files are refused unread: no artifact has nearly this size. */
    private static final long LARGEST_ARTIFACT = 1L << 28;

    private static final Pattern NAME = Pattern.compile("model-(\\d{1,15})-[0-9a-f]{16}\\.avro");

    private final URI root;

    /**
     * Creates a store.
     *
     * @param root folder, such as {@code file:///var/lib/noether/models} or {@code s3://bucket/models}
     */
    public ModelStore(URI root) {
        if (root.getScheme() == null) {
            throw new IllegalArgumentException(
                    "`store` must be an URI with a scheme, such as file:///var/lib/noether/models"
                            + " or s3://bucket/models (got " + root + ")");
        }
        this.root = root;
    }

    /** Writes an artifact without a signature. */
    public URI write(String detector, long version, byte[] bytes) throws IOException {
        return write(detector, version, bytes, null);
    }

    /**
     * Writes an artifact.
     *
     * @param detector name of the detector
     * @param version version of the model
     * @param bytes encoded artifact
     * @param signature text of the file with its signature, which is written first; null for none
     * @return address of the artifact
     * @throws IOException if it cannot be written; the message names the store
     */
    URI write(String detector, long version, byte[] bytes, @Nullable String signature) throws IOException {
        try {
            return store(detector, version, bytes, signature);
        } catch (IOException e) {
            // Java's messages are often the path alone, and who reports the deepest cause must find the store in it.
            String kind = e.getClass() == IOException.class ? "" : e.getClass().getSimpleName() + ": ";
            IOException named =
                    new IOException("the model store " + root + " cannot be written: " + kind + e.getMessage());
            named.addSuppressed(e);
            throw named;
        }
    }

    private URI store(String detector, long version, byte[] bytes, @Nullable String signature) throws IOException {
        Path folder = new Path(new Path(root), detector);
        String name = "model-" + version + "-" + ArtifactCodec.hash(bytes).substring(0, 16) + ".avro";
        Path target = new Path(folder, name);
        FileSystem files = target.getFileSystem();
        files.mkdirs(folder);
        if (signature != null) {
            // An earlier signature may be by another key.
            Path file = new Path(folder, name + ModelSignature.SUFFIX);
            files.delete(file, false);
            write(files, file, signature.getBytes(StandardCharsets.US_ASCII));
        }
        if (files.exists(target)) {
            // The name contains the hash: an earlier attempt wrote the same bytes.
            return target.toUri();
        }
        write(files, target, bytes);
        return target.toUri();
    }

    /**
     * Writes the card of a model beside its artifact; replaces an earlier one.
     *
     * @throws IOException if it cannot be written, or if the announced address does not lie in this store
     */
    void writeCard(String uri, String card) throws IOException {
        if (!ArtifactAddress.isIn(root, uri)) {
            throw new IOException("the announced address " + uri + " does not lie in the model store " + root);
        }
        Path target = new Path(uri + ModelCard.SUFFIX);
        FileSystem files = target.getFileSystem();
        files.delete(target, false);
        write(files, target, card.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(FileSystem files, Path target, byte[] bytes) throws IOException {
        Path temporary = new Path(
                target.getParent(),
                target.getName() + "." + ProcessHandle.current().pid() + ".tmp");
        try (FSDataOutputStream out = files.create(temporary, FileSystem.WriteMode.OVERWRITE)) {
            out.write(bytes);
            out.flush();
            out.sync();
        }
        if (!files.rename(temporary, target)) {
            throw new IOException("cannot rename " + temporary + " to " + target);
        }
    }

    /**
     * Returns the highest version of the artifacts of a detector, announced or not; 0 if there is none.
     *
     * @throws IOException if the store cannot be read
     */
    public long newestVersion(String detector) throws IOException {
        Path folder = new Path(new Path(root), detector);
        FileSystem files = folder.getFileSystem();
        if (!files.exists(folder)) {
            return 0;
        }
        FileStatus[] found = files.listStatus(folder);
        long newest = 0;
        for (FileStatus file : found == null ? new FileStatus[0] : found) {
            Matcher name = NAME.matcher(file.getPath().getName());
            if (name.matches()) {
                newest = Math.max(newest, Long.parseLong(name.group(1)));
            }
        }
        return newest;
    }

    /**
     * Reads the artifact of a release, and checks its size and its hash before it is returned.
     *
     * @throws ArtifactException if the address is not valid, the file is larger than announced or than any artifact, or
     *     its hash differs
     * @throws IOException if the store cannot be read, or the file is shorter than announced: it may still be written
     */
    public static byte[] fetch(ReleasedArtifact artifact) throws IOException, ArtifactException {
        String uri = artifact.uri();
        Path path = ArtifactAddress.readable(uri, "");
        FileSystem files = path.getFileSystem();
        long length = requireLength(files.getFileStatus(path).getLen(), artifact);
        byte[] bytes = new byte[(int) length];
        MessageDigest hash = Sha256.start();
        try (FSDataInputStream in = files.open(path)) {
            int filled = 0;
            while (filled < bytes.length) {
                int read = in.read(bytes, filled, bytes.length - filled);
                if (read < 0) {
                    throw new EOFException(uri + " ends after " + filled + " of " + bytes.length + " bytes");
                }
                hash.update(bytes, filled, read);
                filled += read;
            }
        }
        ArtifactCodec.requireHash(HexFormat.of().formatHex(hash.digest()), artifact.sha256());
        return bytes;
    }

    /**
     * Reads the text of the file with an artifact's signature.
     *
     * @throws IOException if there is none
     * @throws ArtifactException if the address is not valid, or the file is too large for a signature
     */
    static String signature(ReleasedArtifact artifact) throws IOException, ArtifactException {
        Path file = ArtifactAddress.readable(artifact.uri(), ModelSignature.SUFFIX);
        FileSystem files = file.getFileSystem();
        long length = files.getFileStatus(file).getLen();
        if (length > ModelSignature.LARGEST_FILE) {
            throw new ArtifactException(Fault.UNREADABLE, file + " has " + length + " bytes; no signature has so many");
        }
        try (FSDataInputStream in = files.open(file)) {
            return new String(in.readNBytes(ModelSignature.LARGEST_FILE), StandardCharsets.US_ASCII);
        }
    }

    /** A release that announces 0 bytes does not say the length. */
    private static long requireLength(long length, ReleasedArtifact artifact) throws IOException, ArtifactException {
        long announced = artifact.bytes();
        if (length > LARGEST_ARTIFACT || announced > LARGEST_ARTIFACT || announced < 0) {
            throw new ArtifactException(
                    Fault.UNREADABLE,
                    "the file has " + length + " bytes, announced are " + announced + "; a model artifact has at most "
                            + LARGEST_ARTIFACT);
        }
        if (announced > 0 && length > announced) {
            throw new ArtifactException(
                    Fault.HASH_MISMATCH, "the file has " + length + " bytes, announced are " + announced);
        }
        if (length < announced) {
            throw new EOFException("the file has only " + length + " of " + announced + " announced bytes");
        }
        return length;
    }
}
