package dev.noether.flink.release;

import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ArtifactException.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The check of the address that a release announces, before anything of it is opened: whoever can write to the models
 * topic chooses it. Stateless; thread safe.
 */
final class ArtifactAddress {
    private static final String SUFFIX = ".avro";

    private ArtifactAddress() {}

    /**
     * Returns the path of an artifact or of a file beside it. A file on this machine must be an ordinary file, and no
     * symbolic link: a link in the store could lead to any file, a pipe or a device could be read without an end.
     *
     * @throws ArtifactException if the address is not one of an artifact
     * @throws IOException if there is no such file
     */
    static Path readable(String uri, String beside) throws ArtifactException, IOException {
        Path path = path(uri, beside);
        if (isLocal(path)) {
            java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
            if (!Files.exists(local, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(uri + beside);
            }
            if (!Files.isRegularFile(local, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(uri, "it is no ordinary file");
            }
        }
        return path;
    }

    /** Whether a path is of this machine; one without a scheme, as early versions announced it, has Flink's default. */
    private static boolean isLocal(Path path) {
        String scheme = path.toUri().getScheme();
        return "file".equals(scheme == null ? FileSystem.getDefaultFsUri().getScheme() : scheme);
    }

    private static Path path(String uri, String beside) throws ArtifactException {
        Path path;
        try {
            path = new Path(URI.create(uri + beside));
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(Fault.UNREADABLE, "its address is not valid: " + e.getMessage());
        }
        if (!uri.endsWith(SUFFIX)) {
            throw refused(uri, "an artifact's name ends with " + SUFFIX);
        }
        for (String part : (uri + "/" + URI.create(uri).getPath()).split("[/\\\\]")) {
            if (part.equals("..")) {
                throw refused(uri, "it leads through a parent folder");
            }
        }
        return path;
    }

    /** Whether an address lies in a store. */
    static boolean isIn(URI root, String uri) {
        try {
            URI folder = new Path(root).toUri().normalize();
            URI address = path(uri, "").toUri().normalize();
            return Objects.equals(folder.getScheme(), address.getScheme())
                    && Objects.equals(folder.getAuthority(), address.getAuthority())
                    && address.getPath().startsWith(folder.getPath().replaceFirst("/*$", "/"));
        } catch (ArtifactException e) {
            return false;
        }
    }

    private static ArtifactException refused(String uri, String why) {
        return new ArtifactException(Fault.UNREADABLE, "its address " + uri + " is refused: " + why);
    }
}
