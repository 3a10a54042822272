package dev.noether.flink.release;

import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the model store the files that no job can need: those of announced releases that are none of the newest
 * ones, and old files that no release announces. A job needs the newest eight releases; also one that is restored from
 * an old checkpoint, because it reads the models topic first. Stateless; thread safe.
 */
public final class StoreCollector {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCollector.class);

    /** A file that is not announced may belong to a training that is about to announce it. */
    private static final Duration UNANNOUNCED_KEPT = Duration.ofDays(1);

    /** The names that {@link ModelStore} gives; other files are not ours. */
    private static final Pattern NAME =
            Pattern.compile("model-\\d+-[0-9a-f]{16}\\.avro(\\.sig|\\.md)?(\\.\\d+\\.tmp)?");

    private final URI store;
    private final String detector;
    private final int keep;

    /**
     * Creates the collector of a detector.
     *
     * @param store folder of the model store
     * @param detector name of the detector; files of others are not touched
     * @param keep number of newest releases whose files stay, at least 1
     */
    public StoreCollector(URI store, String detector, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("`keep` must be at least 1 (got " + keep + ")");
        }
        this.store = store;
        this.detector = detector;
        this.keep = keep;
    }

    /**
     * Removes the files that are not needed.
     *
     * @param announced all releases of the detector in the models topic
     * @param now time, milliseconds since 1970 UTC
     * @return number of removed files
     * @throws IOException if the store cannot be read or a file cannot be removed
     */
    public int collect(List<ModelRelease> announced, long now) throws IOException {
        int removed = remove(announced, now).size();
        if (removed > 0) {
            LOG.info(
                    "Removed {} model files of detector {}; the files of the {} newest models stay (model.keep).",
                    removed,
                    detector,
                    keep);
        }
        return removed;
    }

    /**
     * Removes the files that are not needed, like {@link #collect}.
     *
     * @return names of the removed files
     */
    public List<String> remove(List<ModelRelease> announced, long now) throws IOException {
        List<String> names = unneeded(announced, now);
        Path folder = new Path(new Path(store), detector);
        for (String name : names) {
            folder.getFileSystem().delete(new Path(folder, name), false);
        }
        return names;
    }

    /** Returns the names of the files that {@link #collect} would remove. */
    public List<String> unneeded(List<ModelRelease> announced, long now) throws IOException {
        Set<String> kept = new HashSet<>();
        new ReleaseTimeline(announced).latestFirst().stream().limit(keep).forEach(release -> kept.add(name(release)));
        announced.stream()
                .filter(StoreCollector::isUnused)
                .sorted(Comparator.comparingLong(ModelRelease::version).reversed())
                .limit(keep)
                .forEach(release -> kept.add(name(release)));
        announced.stream().filter(ReleaseTimeline::isShadow).forEach(release -> kept.add(name(release)));
        Set<String> known = new HashSet<>();
        announced.forEach(release -> known.add(name(release)));
        Path folder = new Path(new Path(store), detector);
        FileSystem files = folder.getFileSystem();
        List<String> unneeded = new ArrayList<>();
        for (FileStatus file : list(files, folder)) {
            String name = file.getPath().getName();
            if (!file.isDir()
                    && NAME.matcher(name).matches()
                    && !kept.contains(artifact(name))
                    && (known.contains(artifact(name)) || isOld(file, now))) {
                unneeded.add(name);
            }
        }
        return unneeded;
    }

    /** A model that was refused, or waits: a person may promote it. */
    private static boolean isUnused(ModelRelease release) {
        return release.stage() == ReleaseStage.REFUSED || release.stage() == ReleaseStage.CHALLENGER;
    }

    private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
        try {
            FileStatus[] found = files.listStatus(folder);
            return found == null ? new FileStatus[0] : found;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    /** Some stores do not tell the time of a file; then it stays. */
    private static boolean isOld(FileStatus file, long now) {
        return file.getModificationTime() > 0 && now - file.getModificationTime() > UNANNOUNCED_KEPT.toMillis();
    }

    /** A signature and a card belong to their artifact. */
    private static String artifact(String name) {
        return name.replaceFirst("\\.avro.*", ".avro");
    }

    /** The file's name contains its hash, so that the names of different files differ. */
    private static String name(ModelRelease release) {
        String uri = release.artifact().uri();
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
