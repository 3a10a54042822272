package dev.noether.lab.command;

import dev.noether.cli.command.Output;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.OutputPath;
import dev.noether.cli.console.Screen;
import dev.noether.lab.reproduce.Reproduction;
import dev.noether.lab.reproduce.page.ReproductionPage;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.result.ReproductionFiles;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.set.BenchmarkFolder;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.reproduce.set.StreamSets;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.symmetry.GeneratorStructure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether reproduce}. */
@Command(
        name = "reproduce",
        header = "Reproduce Table 1 of the paper, with linear methods, an ablation and an inspection of the networks.",
        description = {
            "Writes table1.json, table1.csv, ablation.json, symmetry.json and index.html. Finished trainings are stored"
                    + " in the",
            "folder runs of --out: a second start with the same options continues the first one."
        },
        footer = "Example: ./noether reproduce --data DIR --quick --out reproduction")
public final class ReproduceCommand implements Callable<Integer> {
    private static final List<String> QUICK_SETS = List.of("CBF", "Trace", "FaceFour", "SyntheticControl");
    private static final int QUICK_RUNS = 2;
    private static final int QUICK_TRIALS = 4;
    private static final int RUNS = 10;
    private static final int TRIALS = 8;
    private static final int STREAM_WINDOWS = 2_000;

    @Spec
    @Nullable
    CommandSpec spec;

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
            names = "--methods",
            split = ",",
            paramLabel = "METHOD",
            description =
                    "default, pca10, pca10-augmented, ae, denoising, contractive, lie1, lie2; and the controls"
                            + " lie1-zero, weight-decay, noise, which are in ablation.json only (default: all of"
                            + " these). Controls of default, for symmetry.json: default-none, default-shift,"
                            + " default-warp.")
    List<String> methods = List.of();

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each method (default: 10, with --quick 2).")
    @Nullable
    Integer runs;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "125",
            description = "Epochs of each training (default: ${DEFAULT-VALUE}).")
    int epochs = 125;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rows in a step (default: ${DEFAULT-VALUE}).")
    int batch = 16;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Trials of the hyperparameter search for each method (default: 8, with --quick 4).")
    @Nullable
    Integer trials;

    @Option(
            names = "--code",
            paramLabel = "KIND",
            defaultValue = "RELU",
            description = "Activation of the code: relu as in the paper, or linear (default: ${DEFAULT-VALUE}).")
    Activation code = Activation.RELU;

    @Option(
            names = "--generators",
            paramLabel = "KIND",
            defaultValue = "LOW_RANK",
            description = "Form of the generators of lie1 and lie2: full as in the paper, low_rank, skew_symmetric,"
                    + " diagonal_plus_low_rank (default: ${DEFAULT-VALUE}).")
    GeneratorStructure generators = GeneratorStructure.LOW_RANK;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description =
                    "Most training rows of a set; larger sets are sampled once (default: all rows; 2,000 windows of a"
                            + " stream).")
    @Nullable
    Integer rows;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Trainings in parallel, each on one thread (default: number of cores).")
    @Nullable
    Integer jobs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "reproduction",
            description = "Folder for files and finished trainings (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("reproduction");

    @Option(names = "--quick", description = "Two runs of four sets with a short search: a few minutes.")
    boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write table1.json to this file.")
    @Nullable
    Path json;

    @Override
    public Integer call() throws Exception {
        if (data == null && streams.isEmpty()) {
            throw new BadUseException("--data is missing, and --streams too; expected at least one of them");
        }
        if (data == null && !sets.isEmpty()) {
            throw new BadUseException("--sets needs --data, where the sets are");
        }
        Path file = json;
        OutputPath.file("--json", file);
        int threads = orElse(jobs, Runtime.getRuntime().availableProcessors());
        if (threads < 1 || threads > 1024) {
            throw new BadUseException("--jobs must be in [1, 1024] (got " + threads + ")");
        }
        Protocol protocol = new Protocol(
                orElse(runs, quick ? QUICK_RUNS : RUNS),
                epochs,
                batch,
                orElse(trials, quick ? QUICK_TRIALS : TRIALS),
                code,
                generators);
        List<ComparedMethod> selectedMethods = methods.isEmpty()
                ? ComparedMethod.selectedByDefault()
                : methods.stream().map(ComparedMethod::of).distinct().toList();
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        List<BenchmarkSet> read = new ArrayList<>();
        if (data != null && (streams.isEmpty() || !sets.isEmpty())) {
            read.addAll(read(new BenchmarkFolder(data, orElse(rows, Integer.MAX_VALUE)), screen));
        }
        if (!streams.isEmpty()) {
            read.addAll(new StreamSets(streams, orElse(rows, STREAM_WINDOWS)).read());
        }
        LogFile.in(out);
        ReproductionReport report = new Reproduction(read, selectedMethods, protocol, threads, screen).run(out);
        return show(report, file, screen);
    }

    /** Sets given by name must all be usable. Unusable sets of a whole folder are skipped with a message. */
    private List<BenchmarkSet> read(BenchmarkFolder folder, Screen screen) {
        List<String> named = !sets.isEmpty() ? sets : quick ? QUICK_SETS : List.of();
        List<String> names = named.isEmpty() ? folder.names() : named;
        if (names.isEmpty()) {
            throw new BadUseException("there is no set in " + data + ": expected files such as CBF_TRAIN.tsv.gz");
        }
        List<BenchmarkSet> read = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names.stream().distinct().toList()) {
            try {
                read.add(folder.read(name));
            } catch (BadUseException exception) {
                problems.add(String.valueOf(exception.getMessage()));
            }
        }
        if (!problems.isEmpty() && (!named.isEmpty() || read.isEmpty())) {
            throw new BadUseException(String.join("\nnoether: ", problems));
        }
        problems.forEach(problem -> screen.line("left out: " + problem));
        return read;
    }

    private int show(ReproductionReport report, @Nullable Path file, Screen screen) throws Exception {
        ReproductionFiles files = new ReproductionFiles(report);
        files.write(out);
        if (file != null) {
            files.writeTable(file);
        }
        Path page = new ReproductionPage(report).write(out);
        report.table().forEach((set, row) -> {
            StringBuilder line = new StringBuilder(String.format("%-20s", set));
            row.forEach((method, figure) ->
                    line.append(String.format(Locale.ROOT, "  %s %.2f ± %.2f", method, figure.mean(), figure.std())));
            screen.line(line.toString());
        });
        int failed = report.results().stream().mapToInt(cell -> cell.failed()).sum();
        if (failed > 0) {
            screen.line(failed + " runs diverged twice and are excluded from the means; the page lists them.");
        }
        screen.line("The page is " + page + ", the table " + out.resolve("table1.json") + ".");
        return ExitCode.DONE;
    }

    private static int orElse(@Nullable Integer value, int absent) {
        return Optional.ofNullable(value).orElse(absent);
    }
}
