package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Whether a new model scores in shadow before it raises anything.
 *
 * @param shadow event time for which it scores in shadow; zero for not at all
 * @param shadowPromotion who promotes it afterwards
 */
public record ShadowOptions(Duration shadow, PromotionPolicy shadowPromotion) implements Serializable {
    public ShadowOptions {
        RetrainingSection.SHADOW.check(shadow);
        RetrainingSection.SHADOW_PROMOTION.check(shadowPromotion);
    }

    static ShadowOptions of(OptionValues values) {
        return new ShadowOptions(values.get(RetrainingSection.SHADOW), values.get(RetrainingSection.SHADOW_PROMOTION));
    }

    /** Whether new models score in shadow. */
    public boolean isOn() {
        return !shadow.isZero();
    }
}
