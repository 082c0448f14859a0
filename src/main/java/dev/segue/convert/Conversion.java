package dev.segue.convert;

import dev.segue.convert.expression.NotCarriedOverException;
import dev.segue.convert.layout.Piece;
import dev.segue.convert.layout.TemplateWriter;
import dev.segue.gotemplate.GoTemplate;
import dev.segue.gotemplate.Place;
import dev.segue.gotemplate.SyntaxException;
import dev.segue.settings.Problem;
import java.util.Comparator;
import java.util.List;

/**
 * A template of confd in FreeMarker.
 *
 * @param text the whole file; where something is not carried over it has a marked comment, and fails when it is rendered
 * @param problems each thing that is not carried over, with file, line and column
 */
public record Conversion(String text, List<Problem> problems) {
    /** More than any template needs until nothing new is found out. */
    private static final int MOST_WALKS = 20;

    public Conversion {
        problems = List.copyOf(problems);
    }

    /**
     * What becomes of a template of confd. Pure.
     *
     * @param file its name in problems and marks: {@code templates/nginx.tmpl}
     * @param source its text
     */
    public static Conversion of(String file, String source) {
        try {
            return of(file, GoTemplate.parse(source));
        } catch (SyntaxException e) {
            String where = place(file, e.place());
            String text = "<#-- segue convert: " + where + ": " + e.getMessage() + " -->\n<#stop \"" + where
                    + " is no template of confd\">\n";
            return new Conversion(text, List.of(problem(file, e.place(), String.valueOf(e.getMessage()))));
        }
    }

    private static Conversion of(String file, GoTemplate template) {
        Facts known = new Facts();
        for (int walks = 1; ; walks++) {
            Translation walk = new Translation(file, template, known);
            List<Piece> body = walk.body();
            List<Piece.Block> macros = walk.macros();
            if (walk.found().sameAs(known) || walks == MOST_WALKS) {
                return new Conversion(TemplateWriter.write(macros, body), problems(file, walk.failures()));
            }
            known = walk.found();
        }
    }

    /** A place as marks name it, with nothing in it that FreeMarker would read. */
    static String place(String file, Place place) {
        return file.replaceAll("[^\\w./ -]", "_") + ":" + place.line();
    }

    private static List<Problem> problems(String file, List<NotCarriedOverException> failures) {
        return failures.stream()
                .sorted(Comparator.comparingInt((NotCarriedOverException failure) ->
                                failure.place().line())
                        .thenComparingInt(failure -> failure.place().column()))
                .map(failure -> problem(file, failure.place(), String.valueOf(failure.getMessage())))
                .toList();
    }

    private static Problem problem(String file, Place place, String what) {
        return new Problem(file + ":" + place, what);
    }
}
