package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({"90s,90000", "5m,300000", "PT2M,120000", "1h30m,5400000", "500ms,500", "2d,172800000", "1m 5ms,60005"})
    void readsADuration(String text, long millis) {
        assertThat(converter.convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "-5s", "0s", "s", "5s5m", "soon", "PT", "PT-5S", "99999999999s"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("expected a duration such as 90s, 5m or PT2M (got " + text + ")");
    }

    @Test
    void isCaseInsensitiveForIso() {
        assertThat(converter.convert("pt1.5s")).isEqualTo(Duration.ofMillis(1_500));
    }
}
