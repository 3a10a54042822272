package dev.noether.flink.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Search for complete checkpoints and savepoints in Flink's checkpoint directory. Checkpoints lie in {@code
 * <job id>/chk-<number>}, savepoints in {@code savepoints/savepoint-<start of the job id>-<random>}; one is complete
 * if its {@code _metadata} file is not empty.
 *
 * <p>The newest is the one that was written last: numbers begin again when a job starts without a checkpoint, and
 * savepoints have no number. Only local directories are searched.
 */
public final class RetainedCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);
    private static final Pattern CHECKPOINT = Pattern.compile("([0-9a-f]{32})/chk-(\\d{1,18})");
    private static final Pattern SAVEPOINT = Pattern.compile("savepoints/savepoint-([0-9a-f]{6})-[^/]+");
    private static final String METADATA = "_metadata";
    private static final String UNUSED = ".unused";
    private static final int DEPTH = 3;

    /** Checkpoints of earlier starts that are kept besides those of the last one, as many as Flink retains each time. */
    private static final int KEPT = 6;

    private RetainedCheckpoints() {}

    private record Candidate(Path folder, FileTime written, long number) {}

    /**
     * Returns the checkpoints and savepoints of one job, the newest first; none if the directory is not local.
     */
    public static List<Path> all(URI directory, JobID job) {
        return "file".equals(directory.getScheme()) ? all(Path.of(directory.getPath()), job.toHexString()) : List.of();
    }

    /** Returns the checkpoints and savepoints of any job, the newest first, for a directory that only one job uses. */
    public static List<Path> all(Path directory) {
        return all(directory, "");
    }

    /**
     * Renames a checkpoint that the job must not use any more: Flink would write a new one with the same number over it.
     * A savepoint keeps its name.
     *
     * @throws UncheckedIOException if it cannot be renamed
     */
    public static void setAside(Path folder) {
        if (!folder.getFileName().toString().startsWith("chk-")) {
            return;
        }
        Path aside = folder.resolveSibling(folder.getFileName() + UNUSED);
        for (int i = 2; Files.exists(aside); i++) {
            aside = folder.resolveSibling(folder.getFileName() + UNUSED + "-" + i);
        }
        try {
            Files.move(folder, aside);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + folder + " cannot be renamed", e);
        }
    }

    /** Returns whether a folder is that of a checkpoint, by its name; savepoints have other names. */
    public static boolean isCheckpoint(String folder) {
        return folder.replaceFirst("/+$", "").matches(".*/chk-\\d+");
    }

    /**
     * Deletes the checkpoints that earlier starts left behind, but for the newest {@value #KEPT}. Savepoints stay. A
     * folder that cannot be deleted stays, too: it does no harm but to the disk.
     *
     * @param newestFirst the checkpoints and savepoints of one job
     */
    public static void removeOutdated(List<Path> newestFirst) {
        newestFirst.stream()
                .filter(folder -> isCheckpoint(folder.toString()))
                .skip(KEPT)
                .forEach(RetainedCheckpoints::delete);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The outdated checkpoint {} cannot be deleted: {}", folder, e.toString());
        }
    }

    private static List<Path> all(Path directory, String job) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(directory, DEPTH, (file, attributes) -> file.endsWith(METADATA))) {
            return files.flatMap(metadata -> Stream.ofNullable(candidate(directory, metadata, job)))
                    .sorted(Comparator.comparing(Candidate::written)
                            .thenComparingLong(Candidate::number)
                            .reversed())
                    .map(Candidate::folder)
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException("the checkpoints in " + directory + " cannot be read", exception);
        }
    }

    private static @Nullable Candidate candidate(Path directory, Path metadata, String job) {
        Path folder = metadata.resolveSibling("").normalize();
        String name = directory.relativize(folder).toString();
        Matcher checkpoint = CHECKPOINT.matcher(name);
        if (checkpoint.matches()) {
            return checkpoint.group(1).startsWith(job)
                    ? complete(folder, metadata, Long.parseLong(checkpoint.group(2)))
                    : null;
        }
        Matcher savepoint = SAVEPOINT.matcher(name);
        return savepoint.matches() && (job.isEmpty() || job.startsWith(savepoint.group(1)))
                ? complete(folder, metadata, 0)
                : null;
    }

    /** A process that died while it wrote a checkpoint leaves an empty metadata file, or none. */
    private static @Nullable Candidate complete(Path folder, Path metadata, long number) {
        try {
            return Files.size(metadata) > 0 ? new Candidate(folder, Files.getLastModifiedTime(metadata), number) : null;
        } catch (IOException deletedMeanwhile) {
            return null;
        }
    }
}
