package dev.noether.flink.config;

import dev.noether.model.method.Contractive;
import dev.noether.model.method.Denoising;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.PenaltyOptions;

/** Training methods of the paper's Table 1, by their names in a configuration. */
public enum MethodKind {
    /** The reconstruction loss alone. */
    PLAIN(false) {
        @Override
        TrainingMethod trainingMethod(ObjectiveOptions options) {
            return new Plain();
        }
    },
    /** Reconstructs rows from noisy ones. */
    DENOISING(false) {
        @Override
        TrainingMethod trainingMethod(ObjectiveOptions options) {
            return new Denoising(options.noise());
        }
    },
    /** The higher-order contractive autoencoder. */
    CONTRACTIVE(true) {
        @Override
        TrainingMethod trainingMethod(ObjectiveOptions options) {
            return new Contractive(options.penaltyWeight(), options.penaltyWeight(), options.noise(), 1);
        }
    },
    /** The Lie group autoencoder of first order, Eq. 12. */
    LIE_FIRST_ORDER(true) {
        @Override
        TrainingMethod trainingMethod(ObjectiveOptions options) {
            return new LieFirstOrder(
                    penalty(LieFirstOrder.weighted(options.penaltyWeight()).penalty(), options));
        }
    },
    /** The Lie group autoencoder of second order, Eq. 13. */
    LIE_SECOND_ORDER(true) {
        @Override
        TrainingMethod trainingMethod(ObjectiveOptions options) {
            return new LieSecondOrder(
                    penalty(LieSecondOrder.weighted(options.penaltyWeight()).penalty(), options));
        }
    };

    private final boolean weighted;

    MethodKind(boolean weighted) {
        this.weighted = weighted;
    }

    /** Whether it has a penalty with a weight. */
    boolean isWeighted() {
        return weighted;
    }

    /** Returns the method with the settings that it uses. */
    abstract TrainingMethod trainingMethod(ObjectiveOptions options);

    private static PenaltyOptions penalty(PenaltyOptions defaults, ObjectiveOptions options) {
        return defaults.withStructure(options.generators()).withRank(options.generatorRank());
    }
}
