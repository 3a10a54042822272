package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.List;
import java.util.Locale;

/** The protocol in words, and what this page does not show. */
record ProtocolSection(ReproductionReport report) {

    private static final PenaltyOptions PENALTY = PenaltyOptions.weighted(1);

    void introduce(Page page) {
        Protocol protocol = report.protocol();
        String own = report.methods().contains(ComparedMethod.DEFAULT)
                ? " The method default is the project's own model: principal components, a learned residual, and a symmetry"
                        + " learned from the series and chosen against none by the network's own validation."
                : " The method default, the project's own model, did not take part.";
        page.paragraph(
                "R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang (MSML 2021, PMLR 145) propose to train an autoencoder whose"
                        + " decoder follows the generators of a Lie group, and compare five methods in their Table 1. Here they are"
                        + " trained again, beside principal components, controls, and the project's own model. What is missing in the"
                        + " paper's text is filled in and said at the end.");
        page.note("%d sets, %d runs, %d epochs, batches of %d; this start took %s min with %d trainings at a time.%s"
                .formatted(
                        report.sets().size(),
                        protocol.runs(),
                        protocol.epochs(),
                        protocol.batch(),
                        NumberText.number(report.duration().toSeconds() / 60.0),
                        report.jobs(),
                        own));
    }

    void addTo(Page page) {
        Protocol protocol = report.protocol();
        String words = """
                Network: three encoder layers, the last of them the code of 10 (%s), three decoder layers with ReLU and a linear \
                one; hidden widths in geometric progression between the row and the code. The paper does not give its widths.
                Training: mean squared error, Adam, batches of %d, all of %d epochs, no warm-up. The network of the epoch with the \
                smallest validation error is kept, and that is measured once on the test part.
                Runs: %d. A run has a seed, and with it a split (a fifth of the training rows is for validation) and initial weights that all \
                networks share: differences are paired.
                Search: for each set and method, %d trials on a split and weights of their own (seed 0), judged by validation error. \
                Half of the trials go to learning rates (0.003, 0.001, 0.01, 0.0003, in this order), at the middle of the \
                method's grid; the others to further strengths (penalties 1, 0.1, 10, 0.001, 1000; noise 0.1, 0.3, 0.01, 1, 0.001; \
                weight decay 0.0001, 0.01, 1, 0.001, 0.1) at the best rate. The plain autoencoder spends the others on finer \
                learning rates, so that no method has more trials than another. No test row takes part in any choice.
                Generators of lie1 and lie2: %s, as many as code units; neighbours at 0.3 standard deviations of the codes. They are free, \
                as in the paper: learned with the network from sampled latent points, not from data. The penalties are \
                evaluated on %d pairs (lie1, lie1-zero) or %d pairs (lie2) of sampled neighbours, once in %d steps with %d times the \
                weight: the mean gradient is that of each step.
                Linear baselines: principal components of all training rows, none held out, as nothing is chosen; pca10 has no \
                chance in it, so its deviation is 0. pca10-augmented chooses a learned symmetry and its strength by five-fold \
                cross-validation on training rows, "none" included.
                Failures: a loss that is not finite starts the run over once at a tenth of the step; if that diverges too the run is \
                reported as failed and is in no mean.
                Streams, where they take part: windows of 10 rows, values standardised by the first four fifths of the normal rows, \
                which train and validate; the last fifth is the test part. Labelled rows are only looked at, as a detector would.
                Data: as it comes, z-normalised series by series where it does not come so; the labels are not used, so that a class \
                without a row changes nothing. A file with missing values or rows of different lengths is refused.
                What the paper's figures are: test error × 100 as its Table 1 prints them. Their scale suggests networks that were stopped \
                early or stepped too small; below each set stands what the learning rate alone does to a plain autoencoder.""".formatted(
                        protocol.code().name().toLowerCase(Locale.ROOT),
                        protocol.batch(),
                        protocol.epochs(),
                        protocol.runs(),
                        protocol.trials(),
                        protocol.generators().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        PENALTY.samples(),
                        LieSecondOrder.weighted(1).penalty().samples(),
                        PENALTY.interval(),
                        PENALTY.interval());
        page.section("Protocol").list(List.of(words.split("\n")));
    }
}
