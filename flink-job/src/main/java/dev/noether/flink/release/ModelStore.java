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
 * Where model artifacts lie: a folder of any file system that Flink knows (file, s3, hdfs …). A record larger than a Kafka
 * message goes here; the models topic carries its address and its hash.
 *
 * <p>An artifact is written under a temporary name, made durable, and then renamed: a reader sees all of it or nothing.
 * Its name carries its hash, so that two writers cannot overwrite one another. Stateless; thread safe.
 */
public final class ModelStore implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Larger files are refused unread: no artifact of this format comes near. */
    private static final long LARGEST_ARTIFACT = 1L << 30;

    private final URI root;

    /**
     * Makes a store.
     *
     * @param root the folder, such as {@code file:///var/lib/noether/models} or {@code s3://bucket/models}
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
     * @param detector the detector's name
     * @param version the model's version
     * @param bytes the artifact
     * @return its address
     */
    public URI write(String detector, long version, byte[] bytes) throws IOException {
        Path folder = new Path(new Path(root), detector);
        String name = "model-" + version + "-" + ArtifactCodec.hash(bytes).substring(0, 16) + ".avro";
        Path target = new Path(folder, name);
        FileSystem files = target.getFileSystem();
        files.mkdirs(folder);
        if (files.exists(target)) {
            // The name carries the hash: these are the same bytes, from an attempt that did not get further.
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
     * Reads an artifact, wherever it lies.
     *
     * @param uri its address
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
