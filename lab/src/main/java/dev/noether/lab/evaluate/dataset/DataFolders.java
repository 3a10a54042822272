package dev.noether.lab.evaluate.dataset;

import dev.noether.cli.data.StreamDataException;
import dev.noether.cli.data.StreamReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sets in the folders that the user names, each by what lies in it: a series folder, a folder of series, or
 * one that holds several sets.
 *
 * <p>A set is named after its folder. What is in a folder is seen from its files: {@code train.csv.gz} and
 * {@code test.csv.gz} make a series ({@link SplitFolder}); other CSV files are told apart by their first line
 * ({@link SkabFile}, {@link NabFile}, {@link TableFile}, and {@link TimedFile} for all others with a time)
 */
public final class DataFolders {
    private static final int DEEPEST = 3;

    private static final double TRAIN_SHARE = 0.7;

    private final double trainShare;

    private DataFolders(double trainShare) {
        this.trainShare = trainShare;
    }

    /**
     * Finds the sets; those of one name are joined.
     *
     * @param data folders or files, at least one
     * @throws StreamDataException if one holds no set, or what it holds does not fit together
     */
    public static List<EvaluationSet> find(List<Path> data) {
        return find(data, TRAIN_SHARE);
    }

    /**
     * Finds the sets as {@link #find(List)} does.
     *
     * @param trainShare share of the rows of a single file that are trained on, in (0, 1)
     */
    public static List<EvaluationSet> find(List<Path> data, double trainShare) {
        if (!(trainShare > 0 && trainShare < 1)) {
            throw new IllegalArgumentException("`trainShare` must be in (0, 1) (got " + trainShare + ")");
        }
        return new DataFolders(trainShare).findAll(data);
    }

    private List<EvaluationSet> findAll(List<Path> data) {
        Map<String, Map<String, SeriesSource>> sets = new LinkedHashMap<>();
        for (Path path : data) {
            if (!Files.exists(path)) {
                throw new StreamDataException("there is no file or folder " + path);
            }
            List<EvaluationSet> folderSets = in(path.toAbsolutePath().normalize(), 0);
            if (folderSets.isEmpty()) {
                throw new StreamDataException(
                        "no series in " + path
                                + ", expected CSV files with a time and features, or folders with train.csv.gz and test.csv.gz");
            }
            for (EvaluationSet set : folderSets) {
                Map<String, SeriesSource> series = sets.computeIfAbsent(set.name(), name -> new LinkedHashMap<>());
                set.series().forEach(one -> add(set.name(), series, one));
            }
        }
        return sets.entrySet().stream()
                .map(set -> new EvaluationSet(
                        set.getKey(), List.copyOf(set.getValue().values())))
                .toList();
    }

    private static void add(String set, Map<String, SeriesSource> series, SeriesSource one) {
        SeriesSource former = series.putIfAbsent(one.name(), one);
        if (former != null && !former.equals(one)) {
            throw new StreamDataException("two different series are named " + one.name() + " in set " + set
                    + "; expected names that are unique within sets of one name");
        }
    }

    private List<EvaluationSet> in(Path path, int depth) {
        if (Files.isRegularFile(path)) {
            if (!CsvFile.isOne(path)) {
                throw new StreamDataException(path + " is no CSV file, expected a name that ends in .csv or .csv.gz");
            }
            return set(name(parent(path)), ofFiles(parent(path), List.of(path), ""));
        }
        if (SplitFolder.isOne(path)) {
            return set(name(parent(path)), List.of(new SplitFolder(path)));
        }
        if (SplitFolder.isHalf(path)) {
            throw new StreamDataException(path + " needs both train.csv.gz and test.csv.gz; one of them is missing");
        }
        List<Path> children = children(path);
        List<Path> files = children.stream().filter(CsvFile::isOne).toList();
        if (!files.isEmpty()) {
            return set(name(path), ofFiles(path, files, ""));
        }
        List<Path> folders = children.stream().filter(Files::isDirectory).toList();
        if (folders.stream().anyMatch(folder -> SplitFolder.isOne(folder) || SplitFolder.isHalf(folder))) {
            return set(name(path), folders.stream().flatMap(DataFolders::series).toList());
        }
        List<SeriesSource> joined = benchmark(path, folders);
        if (!joined.isEmpty()) {
            return set(name(path), joined);
        }
        List<EvaluationSet> sets = new ArrayList<>();
        if (depth < DEEPEST) {
            folders.forEach(folder -> sets.addAll(in(folder, depth + 1)));
        }
        return sets;
    }

    private static Stream<SeriesSource> series(Path folder) {
        if (SplitFolder.isHalf(folder)) {
            throw new StreamDataException(folder + " needs both train.csv.gz and test.csv.gz; one of them is missing");
        }
        return SplitFolder.isOne(folder) ? Stream.of(new SplitFolder(folder)) : Stream.empty();
    }

    /** SKAB and NAB keep one set in several folders; other folders of files are sets of their own. */
    private List<SeriesSource> benchmark(Path path, List<Path> folders) {
        List<SeriesSource> joined = new ArrayList<>();
        boolean windows = Files.isRegularFile(path.resolve("windows.json"));
        for (Path folder : folders) {
            List<Path> files = children(folder).stream().filter(CsvFile::isOne).toList();
            if (files.isEmpty() || SplitFolder.isOne(folder)) {
                continue;
            }
            String header = new CsvFile(files.get(0)).firstLine();
            boolean skab =
                    header != null && (SkabFile.isLabelled(header) || SkabFile.isUnlabelled(files.get(0), header));
            if (skab || windows) {
                joined.addAll(ofFiles(folder, files, skab ? name(folder) + "-" : ""));
            }
        }
        return joined;
    }

    private List<SeriesSource> ofFiles(Path folder, List<Path> files, String prefix) {
        List<SeriesSource> series = new ArrayList<>();
        for (Path file : files) {
            String first = new CsvFile(file).firstLine();
            if (first == null || first.isBlank()) {
                throw new StreamDataException(file + " is empty");
            }
            SeriesSource source = source(folder, file, first, prefix);
            if (source != null) {
                series.add(source);
            }
        }
        return series;
    }

    /** The series of a file by its first line; null for a file without anything to be judged. */
    private @Nullable SeriesSource source(Path folder, Path file, String first, String prefix) {
        if (SkabFile.isLabelled(first)) {
            return new SkabFile(prefix + CsvFile.baseName(file), file);
        }
        if (SkabFile.isUnlabelled(file, first)) {
            return null;
        }
        NabWindows windows = NabFile.isOne(first) ? NabWindows.of(folder) : null;
        if (windows != null) {
            return new NabFile(file, windows);
        }
        if (TableFile.isOne(first)) {
            return new TableFile(file);
        }
        if (StreamReader.isHeader(first)) {
            return new TimedFile(file, trainShare);
        }
        throw new StreamDataException(file + " line 1: `" + shortened(first)
                + "` is no header of a known layout, expected a column named t, time, timestamp, date, datetime or ts"
                + " and further columns; or, without a header, a label and numbers (ADBench)");
    }

    private static List<EvaluationSet> set(String name, List<SeriesSource> series) {
        return series.isEmpty() ? List.of() : List.of(new EvaluationSet(name, series));
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException exception) {
            throw StreamDataException.unreadable(folder, exception);
        }
    }

    private static Path parent(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "data" : last.toString();
    }
}
