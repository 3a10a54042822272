package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.result.Ablation;
import dev.noether.lab.reproduce.result.Ablation.Comparison;
import dev.noether.lab.reproduce.result.PublishedNumbers;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.result.ReproductionReport.Figure;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The findings: sentences that are computed from the numbers of the report. */
record FindingsSection(ReproductionReport report, Ablation ablation) {

    void addTo(Page page) {
        List<String> findings = new ArrayList<>();
        against(ComparedMethod.PCA10, "Principal components, as many as the code has units")
                .ifPresent(findings::add);
        against(ComparedMethod.AE, "The plain autoencoder at its best epoch on validation")
                .ifPresent(findings::add);
        against(ComparedMethod.DEFAULT, "The project's own model (default)").ifPresent(findings::add);
        ownAgainstComponents().ifPresent(findings::add);
        for (ComparedMethod method : report.methods()) {
            if (method.isNetwork() && method != ComparedMethod.AE) {
                againstPlain(method).ifPresent(findings::add);
            }
        }
        if (!findings.isEmpty()) {
            page.section("Findings").list(findings);
        }
    }

    private Optional<String> against(ComparedMethod method, String name) {
        List<BenchmarkSet> known = report.sets().stream()
                .filter(set -> PublishedNumbers.row(set.name()).isPresent())
                .filter(set -> report.figure(set, method).isPresent())
                .toList();
        long better = known.stream()
                .filter(set -> report.figure(set, method).orElseThrow().mean()
                        < PublishedNumbers.row(set.name()).orElseThrow().best())
                .count();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of("%s: a smaller test error than the best column of the paper on %d of %d sets."
                        .formatted(name, better, known.size()));
    }

    private Optional<String> ownAgainstComponents() {
        List<double[]> pairs = new ArrayList<>();
        for (BenchmarkSet set : report.sets()) {
            Optional<Figure> own = report.figure(set, ComparedMethod.DEFAULT);
            Optional<Figure> components = report.figure(set, ComparedMethod.PCA10);
            if (own.isPresent() && components.isPresent()) {
                pairs.add(new double[] {own.get().mean(), components.get().mean()});
            }
        }
        double logarithms = pairs.stream()
                .filter(pair -> pair[0] > 0 && pair[1] > 0)
                .mapToDouble(pair -> Math.log(pair[0] / pair[1]))
                .average()
                .orElse(Double.NaN);
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("Default against principal components: smaller on %d of %d sets; the geometric mean of the"
                                        + " ratio is %s.")
                                .formatted(
                                        pairs.stream()
                                                .filter(pair -> pair[0] < pair[1])
                                                .count(),
                                        pairs.size(),
                                        NumberText.number(Math.exp(logarithms))));
    }

    private Optional<String> againstPlain(ComparedMethod method) {
        List<Comparison> comparisons = ablation.sets().values().stream()
                .map(row -> row.get(method.label()))
                .filter(Objects::nonNull)
                .toList();
        if (comparisons.isEmpty()) {
            return Optional.empty();
        }
        long better = comparisons.stream()
                .filter(comparison -> comparison.beyondNoise() && comparison.mean() < 0)
                .count();
        long worse = comparisons.stream()
                .filter(comparison -> comparison.beyondNoise() && comparison.mean() > 0)
                .count();
        Map<String, Comparison> overall = ablation.overall();
        Comparison all = overall.get(method.label());
        String mean = all == null
                ? ""
                : " Mean difference over sets: %s %% of its test error [%s, %s]."
                        .formatted(
                                NumberText.number(all.mean()),
                                NumberText.number(all.lower()),
                                NumberText.number(all.upper()));
        return Optional.of("%s against the plain autoencoder: better beyond noise on %d of %d sets, worse on %d.%s"
                .formatted(method.label(), better, comparisons.size(), worse, mean));
    }
}
