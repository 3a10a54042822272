package dev.noether.lab.reproduce.page;

import dev.noether.lab.report.Page;
import dev.noether.lab.reproduce.Ablation;
import dev.noether.lab.reproduce.Ablation.Comparison;
import dev.noether.lab.reproduce.BenchmarkSet;
import dev.noether.lab.reproduce.Competitor;
import dev.noether.lab.reproduce.PaperTable;
import dev.noether.lab.reproduce.ReproductionReport;
import dev.noether.lab.reproduce.ReproductionReport.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What came out, in sentences that follow from the numbers below them. */
record FindingsSection(ReproductionReport report, Ablation ablation) {

    void addTo(Page page) {
        List<String> findings = new ArrayList<>();
        against(Competitor.PCA10, "Principal components, as many as the code has units")
                .ifPresent(findings::add);
        against(Competitor.AE, "Our plain autoencoder, taken at its best epoch on validation")
                .ifPresent(findings::add);
        against(Competitor.DEFAULT, "The project's own model (default)").ifPresent(findings::add);
        ownAgainstComponents().ifPresent(findings::add);
        for (Competitor competitor : report.competitors()) {
            if (competitor.isNetwork() && competitor != Competitor.AE) {
                againstPlain(competitor).ifPresent(findings::add);
            }
        }
        if (!findings.isEmpty()) {
            page.section("What came out").list(findings);
        }
    }

    private Optional<String> against(Competitor competitor, String name) {
        List<BenchmarkSet> known = report.sets().stream()
                .filter(set -> PaperTable.row(set.name()).isPresent())
                .filter(set -> report.figure(set, competitor).isPresent())
                .toList();
        long better = known.stream()
                .filter(set -> report.figure(set, competitor).orElseThrow().mean()
                        < PaperTable.row(set.name()).orElseThrow().best())
                .count();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of("%s: a smaller test error than the best column of the paper on %d of %d sets."
                        .formatted(name, better, known.size()));
    }

    private Optional<String> ownAgainstComponents() {
        List<double[]> pairs = new ArrayList<>();
        for (BenchmarkSet set : report.sets()) {
            Optional<Figure> own = report.figure(set, Competitor.DEFAULT);
            Optional<Figure> components = report.figure(set, Competitor.PCA10);
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
                        "Default against principal components: smaller on %d of %d sets; the geometric mean of the ratio is %s."
                                .formatted(
                                        pairs.stream()
                                                .filter(pair -> pair[0] < pair[1])
                                                .count(),
                                        pairs.size(),
                                        Numbers.number(Math.exp(logarithms))));
    }

    private Optional<String> againstPlain(Competitor competitor) {
        List<Comparison> comparisons = ablation.sets().values().stream()
                .map(row -> row.get(competitor.label()))
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
        Comparison all = overall.get(competitor.label());
        String mean = all == null
                ? ""
                : " Mean over sets %s %% of its error [%s, %s]."
                        .formatted(
                                Numbers.number(all.mean()), Numbers.number(all.lower()), Numbers.number(all.upper()));
        return Optional.of("%s against the plain autoencoder: better beyond noise on %d of %d sets, worse on %d.%s"
                .formatted(competitor.label(), better, comparisons.size(), worse, mean));
    }
}
