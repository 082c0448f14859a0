package dev.segue.render.values;

import dev.segue.render.go.GoFloat;
import freemarker.core.Environment;
import freemarker.core.TemplateNumberFormat;
import freemarker.core.TemplateNumberFormatFactory;
import freemarker.core.TemplateValueFormatException;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.util.Locale;

/** Prints the floating-point numbers of converted templates as Go does, and all other numbers in full, as programs read them. */
public final class GoNumberFormat extends TemplateNumberFormatFactory {
    @Override
    public TemplateNumberFormat get(String parameters, Locale locale, Environment environment)
            throws TemplateValueFormatException {
        TemplateNumberFormat others = environment.getTemplateNumberFormat("computer", locale);
        return new TemplateNumberFormat() {
            @Override
            public String formatToPlainText(TemplateNumberModel model)
                    throws TemplateValueFormatException, TemplateModelException {
                return model instanceof GoModel.OfFloat number
                        ? GoFloat.text(number.value())
                        : others.formatToPlainText(model);
            }

            @Override
            public boolean isLocaleBound() {
                return false;
            }

            @Override
            public String getDescription() {
                return "numbers in full";
            }
        };
    }
}
