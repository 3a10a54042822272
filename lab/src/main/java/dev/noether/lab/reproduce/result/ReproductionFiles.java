package dev.noether.lab.reproduce.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Writes a report as files that programs read. */
public final class ReproductionFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ReproductionReport report;

    /** For a report. */
    public ReproductionFiles(ReproductionReport report) {
        this.report = report;
    }

    /**
     * Writes {@code table1.json}, {@code table1.csv}, {@code ablation.json} and {@code symmetry.json} into a folder, in
     * place of older ones.
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        writeTable(folder.resolve("table1.json"));
        Files.writeString(folder.resolve("table1.csv"), csv());
        Files.write(folder.resolve("ablation.json"), MAPPER.writeValueAsBytes(Ablation.of(report)));
        Files.write(folder.resolve("symmetry.json"), MAPPER.writeValueAsBytes(LearnedSymmetry.of(report)));
    }

    /** Writes the table alone, {@code {SET: {METHOD: {mean, std, runs}}}}. */
    public void writeTable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, MAPPER.writeValueAsBytes(report.table()));
    }

    private String csv() {
        StringBuilder lines = new StringBuilder("set,method,mean,std,runs,failed,paper_plain,paper_best\n");
        for (BenchmarkSet set : report.sets()) {
            Optional<PublishedNumbers.Row> paper = PublishedNumbers.row(set.name());
            for (ComparedMethod method : report.methods()) {
                Optional<MethodResult> result = report.result(set, method);
                if (!method.inTable() || result.isEmpty()) {
                    continue;
                }
                Optional<ReproductionReport.Figure> figure = report.figure(set, method);
                lines.append("%s,%s,%s,%s,%d,%d,%s,%s%n"
                        .formatted(
                                set.name(),
                                method.label(),
                                figure.map(value -> number(value.mean())).orElse(""),
                                figure.map(value -> number(value.std())).orElse(""),
                                result.get().errors().length,
                                result.get().failed(),
                                paper.map(row -> number(row.plain())).orElse(""),
                                paper.map(row -> number(row.best())).orElse("")));
            }
        }
        return lines.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
