package dev.noether.lab.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.Screen;
import dev.noether.lab.reproduce.set.BenchmarkFolder;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.reproduce.set.StreamSets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code noether reproduce} that choose the sets, and the reading of these sets. */
final class BenchmarkSetOptions {
    private static final List<String> QUICK_SETS = List.of("CBF", "Trace", "FaceFour", "SyntheticControl");
    private static final int STREAM_WINDOWS = 2_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with NAME_TRAIN.tsv and NAME_TEST.tsv of each set, optionally compressed (.gz) and in a"
                            + " folder NAME; or a folder that contains the folders ucr and mnist.")
    @Nullable
    Path data;

    @Option(
            names = "--streams",
            split = ",",
            paramLabel = "DIR",
            description =
                    "Recorded streams as sets of windows of 10 rows: folders with train.csv.gz and test.csv.gz, or"
                            + " folders of such folders. With --streams, sets of --data are used only if --sets names"
                            + " them.")
    List<Path> streams = List.of();

    @Option(
            names = "--sets",
            split = ",",
            paramLabel = "NAME",
            description = "Names of sets (default: all usable sets; with --quick four small ones).")
    List<String> sets = List.of();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "Most training rows of a set; larger sets are sampled once (default: all rows; 2,000 windows of a"
                            + " stream).")
    @Nullable
    Integer rows;

    /**
     * Checks that there is a folder to read.
     *
     * @throws BadUseException if neither {@code --data} nor {@code --streams} is present, or {@code --sets} is present
     *     without {@code --data}
     */
    void requireFolders() {
        if (data == null && streams.isEmpty()) {
            throw new BadUseException("--data is missing, and --streams too; expected at least one of them");
        }
        if (data == null && !sets.isEmpty()) {
            throw new BadUseException("--sets needs --data, where the sets are");
        }
    }

    /**
     * Reads the chosen sets.
     *
     * @param quick whether the default is four small sets
     * @throws BadUseException if a set that is chosen by name cannot be used, or there is no set
     */
    List<BenchmarkSet> read(boolean quick, Screen screen) {
        List<BenchmarkSet> benchmarkSets = new ArrayList<>();
        if (data != null && (streams.isEmpty() || !sets.isEmpty())) {
            benchmarkSets.addAll(read(data, rows == null ? Integer.MAX_VALUE : rows, quick, screen));
        }
        if (!streams.isEmpty()) {
            benchmarkSets.addAll(new StreamSets(streams, rows == null ? STREAM_WINDOWS : rows).read());
        }
        return benchmarkSets;
    }

    /** Sets that are chosen by name must all be usable. Unusable sets of a whole folder are skipped with a message. */
    private List<BenchmarkSet> read(Path directory, int mostRows, boolean quick, Screen screen) {
        BenchmarkFolder folder = new BenchmarkFolder(directory, mostRows);
        List<String> chosenNames = !sets.isEmpty() ? sets : quick ? QUICK_SETS : List.of();
        List<String> names = chosenNames.isEmpty() ? folder.names() : chosenNames;
        if (names.isEmpty()) {
            throw new BadUseException("there is no set in " + directory + ": expected files such as CBF_TRAIN.tsv.gz");
        }
        List<BenchmarkSet> benchmarkSets = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names.stream().distinct().toList()) {
            try {
                benchmarkSets.add(folder.read(name));
            } catch (BadUseException exception) {
                problems.add(String.valueOf(exception.getMessage()));
            }
        }
        if (!problems.isEmpty() && (!chosenNames.isEmpty() || benchmarkSets.isEmpty())) {
            throw new BadUseException(String.join("\nnoether: ", problems));
        }
        problems.forEach(problem -> screen.line("left out: " + problem));
        return benchmarkSets;
    }
}
