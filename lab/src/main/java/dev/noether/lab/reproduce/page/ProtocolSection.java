package dev.noether.lab.reproduce.page;

import dev.noether.lab.html.Page;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.List;
import java.util.Locale;

/** The introduction of the page, and the section that states the protocol. */
record ProtocolSection(ReproductionReport report) {

    private static final PenaltyOptions PENALTY = PenaltyOptions.weighted(1);

    void introduce(Page page) {
        Protocol protocol = report.protocol();
        String own = report.methods().contains(ComparedMethod.DEFAULT)
                ? " The method default is the project's own model: principal components, a learned residual, and a"
                        + " symmetry that is learned from the series and used if validation prefers it to none."
                : " The method default, the project's own model, did not take part.";
        page.paragraph("R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang (MSML 2021, PMLR 145) propose to train an"
                + " autoencoder whose decoder follows the generators of a Lie group, and compare five methods"
                + " in their Table 1. Here they are trained again, beside principal components, controls, and"
                + " the project's own model. The section Protocol lists the choices that the paper does not"
                + " state.");
        page.note("%d sets, %d runs, %d epochs, batches of %d. This start took %s min with %d trainings in parallel.%s"
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
        String paragraphs = """
                Network: three encoder layers, of which the last is the code of 10 units (%s), and three decoder \
                layers, of which the last is linear. Hidden widths fall geometrically from the row to the code. The \
                paper does not state its widths.
                Training: mean squared error, Adam, batches of %d, all of %d epochs, no warm-up. The network of the \
                epoch with the smallest validation error is evaluated once on the test rows.
                Runs: %d. The seed of a run determines the split (a fifth of the training rows is for validation) and \
                the initial weights. All networks share both, so that differences are paired.
                Search: for each set and method, %d trials with seed 0, compared by validation error. Half of the \
                trials try learning rates (0.003, 0.001, 0.01, 0.0003, in this order), at the middle strength of the \
                method's grid. The others try further strengths (penalties 1, 0.1, 10, 0.001, 1000; noise 0.1, 0.3, \
                0.01, 1, 0.001; weight decay 0.0001, 0.01, 1, 0.001, 0.1) at the best rate. The plain autoencoder \
                tries finer learning rates instead, so that all methods have the same number of trials. No choice uses \
                a test row.
                Generators of lie1 and lie2: %s, as many as code units; neighbours lie at 0.3 standard deviations of \
                the codes. As in the paper, the generators are learned with the network from sampled latent points. \
                The penalties are evaluated on %d pairs (lie1, lie1-zero) or %d pairs (lie2) of sampled neighbours, \
                once in %d steps with %d times the weight, so that the mean gradient is unchanged.
                Linear methods: principal components of all training rows; without a choice no row is held out. pca10 \
                is deterministic, so that its deviation is 0. pca10-augmented chooses a learned symmetry and its \
                strength by five-fold cross-validation on training rows, "none" included.
                Failures: if the loss is not finite, the run is repeated once at a tenth of the learning rate. If it \
                diverges again, the run is reported as failed and excluded from all means.
                Streams, if used: windows of 10 rows. The first four fifths of the normal rows are for training, \
                validation and standardisation; the last fifth is the test part. Labelled rows are only used to \
                compute VUS-PR.
                Data: each series is z-normalised, unless the set is already. Class labels are not used. A file with \
                missing values or rows of different lengths is refused.
                The paper's numbers: test error × 100 as printed in its Table 1. Their size suggests networks that \
                were stopped early or trained with a small learning rate. Below each set, the page shows how the plain \
                autoencoder depends on the learning rate.""".formatted(
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
        page.section("Protocol").list(List.of(paragraphs.split("\n")));
    }
}
