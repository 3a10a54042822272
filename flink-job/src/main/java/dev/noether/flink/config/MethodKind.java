package dev.noether.flink.config;

import dev.noether.model.method.Contractive;
import dev.noether.model.method.Denoising;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.PenaltyOptions;

/** The methods of the paper's Table 1 by the names that a configuration has for them. */
public enum MethodKind {
    /** The reconstruction loss and nothing else. */
    PLAIN(false) {
        @Override
        TrainingMethod method(RetrainingOptions options) {
            return new Plain();
        }
    },
    /** Reconstructs rows from noisy ones. */
    DENOISING(false) {
        @Override
        TrainingMethod method(RetrainingOptions options) {
            return new Denoising(options.noise());
        }
    },
    /** The higher-order contractive autoencoder. */
    CONTRACTIVE(true) {
        @Override
        TrainingMethod method(RetrainingOptions options) {
            return new Contractive(options.penaltyWeight(), options.penaltyWeight(), options.noise(), 1);
        }
    },
    /** The Lie group autoencoder of first order, Eq. 12. */
    LIE_FIRST_ORDER(true) {
        @Override
        TrainingMethod method(RetrainingOptions options) {
            return new LieFirstOrder(
                    penalty(LieFirstOrder.weighted(options.penaltyWeight()).penalty(), options));
        }
    },
    /** The Lie group autoencoder of second order, Eq. 13. */
    LIE_SECOND_ORDER(true) {
        @Override
        TrainingMethod method(RetrainingOptions options) {
            return new LieSecondOrder(
                    penalty(LieSecondOrder.weighted(options.penaltyWeight()).penalty(), options));
        }
    };

    private final boolean weighted;

    MethodKind(boolean weighted) {
        this.weighted = weighted;
    }

    /** Whether it is a penalty with a weight. */
    boolean isWeighted() {
        return weighted;
    }

    /** The method with the settings that it looks at. */
    abstract TrainingMethod method(RetrainingOptions options);

    private static PenaltyOptions penalty(PenaltyOptions defaults, RetrainingOptions options) {
        return defaults.withStructure(options.generators()).withRank(options.generatorRank());
    }
}
