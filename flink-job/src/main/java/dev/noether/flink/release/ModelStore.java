package dev.noether.flink.release;

import dev.noether.model.artifact.ArtifactCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

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

    /** Larger files are rejected unread: no artifact of this format has nearly this size. */
    private static final long LARGEST_ARTIFACT = 1L << 30;

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

    /**
     * Writes an artifact.
     *
     * @param detector name of the detector
     * @param version version of the model
     * @param bytes encoded artifact
     * @return address of the artifact
     */
    public URI write(String detector, long version, byte[] bytes) throws IOException {
        Path folder = new Path(new Path(root), detector);
        String name = "model-" + version + "-" + ArtifactCodec.hash(bytes).substring(0, 16) + ".avro";
        Path target = new Path(folder, name);
        FileSystem files = target.getFileSystem();
        files.mkdirs(folder);
        if (files.exists(target)) {
            // The name contains the hash: an earlier attempt wrote the same bytes.
            return target.toUri();
        }
        Path temporary = new Path(folder, name + "." + ProcessHandle.current().pid() + ".tmp");
        try (FSDataOutputStream out = files.create(temporary, FileSystem.WriteMode.OVERWRITE)) {
            out.write(bytes);
            out.flush();
            out.sync();
        }
        if (!files.rename(temporary, target)) {
            throw new IOException("cannot rename " + temporary + " to " + target);
        }
        return target.toUri();
    }

    /**
     * Reads an artifact.
     *
     * @param uri address of the artifact
     */
    public static byte[] read(String uri) throws IOException {
        Path path = new Path(uri);
        FileSystem files = path.getFileSystem();
        FileStatus status = files.getFileStatus(path);
        if (status.getLen() > LARGEST_ARTIFACT) {
            throw new IOException(uri + " has " + status.getLen() + " bytes, more than any model artifact");
        }
        byte[] bytes = new byte[(int) status.getLen()];
        try (FSDataInputStream in = files.open(path)) {
            int filled = 0;
            while (filled < bytes.length) {
                int read = in.read(bytes, filled, bytes.length - filled);
                if (read < 0) {
                    throw new EOFException(uri + " ends after " + filled + " of " + bytes.length + " bytes");
                }
                filled += read;
            }
        }
        return bytes;
    }
}
