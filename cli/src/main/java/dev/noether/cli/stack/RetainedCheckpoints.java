package dev.noether.cli.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;

/**
 * The completed checkpoints of a job below a directory, {@code <job id>/chk-<number>/_metadata}. Numbers go on when a job
 * resumes, so the highest one is the newest. Only local directories are looked through.
 */
public final class RetainedCheckpoints {
    private static final Pattern NAME = Pattern.compile("chk-(\\d{1,18})");
    private static final int DEPTH = 2;

    private RetainedCheckpoints() {}

    /** The newest completed checkpoint; empty where there is none. */
    public static Optional<Path> newest(URI directory, JobID job) {
        if (!"file".equals(directory.getScheme())) {
            return Optional.empty();
        }
        return newest(Path.of(directory.getPath()).resolve(job.toHexString()));
    }

    private static Optional<Path> newest(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .filter(RetainedCheckpoints::isComplete)
                    .map(Path::getParent)
                    .filter(checkpoint -> number(checkpoint) >= 0)
                    .max(Comparator.comparingLong(RetainedCheckpoints::number));
        } catch (IOException exception) {
            throw new StackException("the checkpoints in " + directory + " cannot be read: " + exception, exception);
        }
    }

    /** A checkpoint that was being written when the process died has an empty file, or none. */
    private static boolean isComplete(Path metadata) {
        try {
            return Files.size(metadata) > 0;
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }

    private static long number(Path checkpoint) {
        Matcher matcher = NAME.matcher(String.valueOf(checkpoint.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
