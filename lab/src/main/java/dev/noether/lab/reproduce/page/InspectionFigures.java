package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Axis;
import dev.noether.lab.html.CaptionedElement;
import dev.noether.lab.html.HeatMap;
import dev.noether.lab.html.PageElement;
import dev.noether.lab.html.Plot;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.NetworkInspection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of inspected networks: affine regions of the decoder, and the use of the learned generators. */
final class InspectionFigures {
    private InspectionFigures() {}

    /** The inspection of a method's first inspected run, if there is one. */
    static Optional<NetworkInspection> inspection(MethodResult result) {
        return result.runs().stream()
                .map(run -> run.findings().inspection())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The chart of regions by radius; empty if no network was inspected. */
    static Optional<PageElement> regions(List<MethodResult> results) {
        List<MethodResult> inspected = results.stream()
                .filter(result -> inspection(result).isPresent())
                .toList();
        double most = inspected.stream()
                .flatMap(result -> inspection(result).orElseThrow().regions().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (inspected.isEmpty() || !(most > 0)) {
            return Optional.empty();
        }
        double[] radii =
                NumberText.array(inspection(inspected.get(0)).orElseThrow().radii());
        Plot plot = new Plot(
                        "Regions of the decoder",
                        Axis.around("radius, standard deviations of the codes", radii),
                        Axis.logarithmic("regions", 1, Math.max(2, most)),
                        SetSection.WIDTH,
                        SetSection.HEIGHT)
                .colours(TestErrorChart.networkLabels());
        for (MethodResult result : inspected) {
            NetworkInspection inspection = inspection(result).orElseThrow();
            plot.line(
                    result.method().label(),
                    NumberText.array(inspection.radii()),
                    NumberText.array(inspection.regions()));
        }
        return Optional.of(new CaptionedElement(
                plot,
                "Number of affine regions of the decoder in a ball around the code of a test row (Fig. 3). Counted"
                        + " along 32 random lines from the centre, so it is a lower bound. First run."));
    }

    /** The map of generator contributions of a method; empty if it learned no generators. */
    static Stream<PageElement> generatorUse(MethodResult result) {
        return inspection(result).map(NetworkInspection::use).stream()
                .map(use -> generatorUse(result.method().label(), use));
    }

    private static PageElement generatorUse(String name, NetworkInspection.Use use) {
        if (use.shares().isEmpty()) {
            return new CaptionedElement(
                    () -> "",
                    name
                            + ": none of the sampled pairs lies in neighbouring regions, so that Eq. 13 has nothing to"
                            + " relate (Fig. 5).");
        }
        double[][] shares = use.shares().stream().map(NumberText::array).toArray(double[][]::new);
        return new CaptionedElement(
                HeatMap.small(name + ": which generators relate neighbours", "generator", "pair of neighbours", shares),
                "Each row is a pair of neighbours, each column a generator. Full colour marks the generator that"
                        + " contributes most to the pair (Fig. 5)."
                        + " Effective number of generators per pair: %s of %d. Hoyer sparsity: %s. Share of"
                                .formatted(
                                        NumberText.orDash(use.used()),
                                        use.shares().get(0).size(),
                                        NumberText.orDash(use.sparsity()))
                        + " the squared difference that no generator explains: " + NumberText.orDash(use.unexplained())
                        + ".");
    }
}
