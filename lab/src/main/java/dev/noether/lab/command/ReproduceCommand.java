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
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    BenchmarkSetOptions sets = new BenchmarkSetOptions();

    @Mixin
    ProtocolOptions protocol = new ProtocolOptions();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "METHOD",
            description =
                    "Any of default, pca10, pca10-augmented, ae, denoising, contractive, lie1, lie2; and the controls"
                            + " lie1-zero, weight-decay, noise, which are in ablation.json only (default: all of"
                            + " these). Controls of default, for symmetry.json: default-none, default-shift,"
                            + " default-warp.")
    List<String> methods = List.of();

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
        sets.requireFolders();
        Path tableFile = json;
        OutputPath.file("--json", tableFile);
        OutputPath.folder("--out", out);
        int threads = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        if (threads < 1 || threads > 1024) {
            throw new BadUseException("--jobs must be in [1, 1024] (got " + threads + ")");
        }
        Protocol trainingProtocol = protocol.protocol(quick);
        List<ComparedMethod> comparedMethods = methods.isEmpty()
                ? ComparedMethod.selectedByDefault()
                : methods.stream().map(ComparedMethod::of).distinct().toList();
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        List<BenchmarkSet> benchmarkSets = sets.read(quick, screen);
        LogFile.in(out);
        ReproductionReport report =
                new Reproduction(benchmarkSets, comparedMethods, trainingProtocol, threads, screen).run(out);
        return write(report, tableFile, screen);
    }

    private int write(ReproductionReport report, @Nullable Path tableFile, Screen screen) throws Exception {
        ReproductionFiles files = new ReproductionFiles(report);
        files.write(out);
        if (tableFile != null) {
            files.writeTable(tableFile);
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
}
