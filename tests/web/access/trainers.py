"""The lines of the table (see `table.py`) for the trainers' desk."""

#                                                    out lea str trn oth hr  hro bkp adm
TRAINERS = """
# trainer's desk: own courses
GET  trainer.courses.index                           login 403 = 200 200 403 =   =   =
GET  trainer.courses.new                             login 403 = 200 200 403 =   =   =
POST trainer.courses.create                          login 403 = 422 422 403 =   =   =
GET  trainer.courses.show       slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.courses.show       slug=unpublished     login 403 = 200 404 403 =   =   =
POST trainer.courses.move       slug=course          login 403 = 422 404 403 =   =   =
GET  trainer.drafts.show        slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.drafts.show        slug=unpublished     login 403 = 200 404 403 =   =   =
POST trainer.drafts.replace     slug=course          login 403 = 422 404 403 =   =   =
POST trainer.drafts.publish     slug=course          login 403 = 409 404 403 =   =   =
POST trainer.drafts.drop        slug=course          login 403 = 303 404 403 =   =   =
POST trainer.courses.begin                           login 403 = 422 422 403 =   =   =
GET  trainer.drafts.compare     slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.drafts.compare     slug=unpublished     login 403 = 404 404 403 =   =   =
POST trainer.courses.put_away   slug=course          login 403 = 422 404 403 =   =   =
POST trainer.courses.restore    slug=course          login 403 = 303 404 403 =   =   =
GET  trainer.reviews.index                           login 403 = 200 200 403 =   =   =
POST trainer.reviews.send       slug=course          login 403 = 303 404 403 =   =   =
GET  trainer.reviews.show       slug=course review_id=review login 403 = 200 404 403 = = =
GET  trainer.reviews.show       slug=second review_id=review login 403 = 404 404 403 = = =
GET  trainer.reviews.file       slug=course review_id=review path=text login 403 = 200 404 403 = = =
POST trainer.reviews.comment    slug=course review_id=review path=text login 403 = 422 404 403 = = =
POST trainer.reviews.answer     slug=course review_id=review comment_id=remark login 403 = 303 404 403 = = =
POST trainer.reviews.settle     slug=course review_id=review login 403 = 422 404 403 = = =
GET  trainer.writing.index      slug=course          login 403 = 200 404 403 =   =   =
POST trainer.writing.start      slug=course          login 403 = 303 404 403 =   =   =
POST trainer.writing.add        slug=course          login 403 = 422 404 403 =   =   =
POST trainer.writing.move       slug=course path=text login 403 = 303 404 403 =  =   =
POST trainer.writing.place      slug=course path=text login 403 = 303 404 403 =  =   =
POST trainer.writing.rename     slug=course path=text login 403 = 303 404 403 =  =   =
POST trainer.writing.remove     slug=course path=text login 403 = 303 404 403 =  =   =
GET  trainer.editor.show        slug=course path=text login 403 = 200 404 403 =  =   =
GET  trainer.editor.snippets    slug=course          login 403 = 200 404 403 =   =   =
POST trainer.editor.save        slug=course path=text login 403 = 409 404 403 =  =   =
POST trainer.editor.tidy        slug=course path=text login 403 = 409 404 403 =  =   =
POST trainer.editor.preview     slug=course path=text login 403 = 200 404 403 =  =   =
GET  trainer.problems.show      slug=course path=text login 403 = 200 404 403 =  =   =
GET  trainer.question_forms.show slug=course path=quiz_file login 403 = 200 404 403 = = =
GET  trainer.question_forms.find slug=course key='k-01' login 403 = 303 404 403 = = =
POST trainer.question_forms.save slug=course path=quiz_file login 403 = 303 404 403 = = =
POST trainer.question_forms.change slug=course path=quiz_file login 403 = 303 404 403 = = =
POST trainer.problems.fix       slug=course path=text login 403 = 303 404 403 =  =   =
GET  trainer.saves.index        slug=course path=text login 403 = 200 404 403 =  =   =
POST trainer.saves.restore      slug=course path=text login 403 = 303 404 403 =  =   =
GET  trainer.pictures.index     slug=course          login 403 = 200 404 403 =   =   =
POST trainer.pictures.create    slug=course          login 403 = 422 404 403 =   =   =
POST trainer.exports.create     slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.bank.index                              login 403 = 200 200 403 =   =   =
POST trainer.bank.export                             login 403 = 400 400 403 =   =   =
GET  trainer.shared.index                            login 403 = 200 200 403 =   =   =
GET  trainer.shared.show        slug='bersama-loket' login 403 = 200 200 403 =   =   =
GET  trainer.shared.show        slug='tiada'         login 403 = 404 404 403 =   =   =
GET  trainer.shared.new                              login 403 = 200 200 403 =   =   =
POST trainer.shared.create                           login 403 = 422 422 403 =   =   =
GET  trainer.shared.show        slug='bersama-tim'   login 403 = 200 404 403 =   =   =
POST trainer.shared.release     slug='bersama-tim'   login 403 = 303 404 403 =   =   =
POST trainer.shared.release     slug='bersama-loket' login 403 = 403 403 403 =   =   =
POST trainer.shared.access      slug='bersama-tim'   login 403 = 303 404 403 =   =   =
POST trainer.shared.archive     slug='bersama-loket' login 403 = 403 403 403 =   =   =
GET  trainer.shared.team        slug='bersama-tim'   login 403 = 200 404 403 =   =   =
GET  trainer.shared.team        slug='bersama-loket' login 403 = 404 404 403 =   =   =
POST trainer.shared.add         slug='bersama-tim'   login 403 = 422 404 403 =   =   =
POST trainer.shared.remove      slug='bersama-tim' user_id=person_trainer login 403 = 303 404 403 = = =
GET  trainer.shared_text.show   slug='bersama-tim'   login 403 = 200 404 403 =   =   =
GET  trainer.shared_text.show   slug='bersama-loket' login 403 = 404 404 403 =   =   =
POST trainer.shared_text.save   slug='bersama-tim'   login 403 = 409 404 403 =   =   =
POST trainer.shared_text.tidy   slug='bersama-tim'   login 403 = 409 404 403 =   =   =
POST trainer.shared_text.preview slug='bersama-tim'  login 403 = 200 404 403 =   =   =
GET  trainer.shared_text.problems slug='bersama-tim' login 403 = 200 404 403 =   =   =
POST trainer.shared_text.fix    slug='bersama-tim'   login 403 = 303 404 403 =   =   =
GET  trainer.shared_text.saves  slug='bersama-tim'   login 403 = 200 404 403 =   =   =
POST trainer.shared_text.restore slug='bersama-tim'  login 403 = 303 404 403 =   =   =
POST trainer.shared.archive     slug='bersama-tim'   login 403 = 303 404 403 =   =   =
GET  trainer.bank.copy          question_id=indexed  login 403 = 200 404 403 =   =   =
POST trainer.bank.create        question_id=indexed  login 403 = 422 404 403 =   =   =
GET  trainer.blueprints.show    slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.blueprints.near    slug=course          login 403 = 200 404 403 =   =   =
POST trainer.blueprints.accept  slug=course          login 403 = 422 404 403 =   =   =
GET  trainer.exchange.index     slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.exchange.index     slug=unpublished     login 403 = 200 404 403 =   =   =
GET  trainer.exchange.losses    slug=course          login 403 = 404 404 403 =   =   =
GET  trainer.exchange.losses    slug=course path='90-ujian.md' format='gift' login 403 = 200 404 403 = = =
POST trainer.exchange.create    slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.exchange.template  slug=course kind='csv' login 403 = 200 404 403 = =   =
POST trainer.imports.create     slug=course          login 403 = 422 404 403 =   =   =
GET  trainer.imports.show       slug=course import_id=question_file login 403 = 200 404 403 = = =
GET  trainer.imports.show       slug=second import_id=question_file login 403 = 404 404 403 = = =
POST trainer.imports.write      slug=course import_id=question_file login 403 = 303 404 403 = = =
POST trainer.imports.drop       slug=course import_id=question_file login 403 = 303 404 403 = = =
GET  trainer.previews.index     slug=course place='live' login 403 = 200 404 403 = = =
GET  trainer.previews.index     slug=course place='draft' login 403 = 200 404 403 = = =
GET  trainer.previews.piece     slug=course place='live' key=lesson login 403 = 200 404 403 = = =
GET  trainer.previews.piece     slug=course place='draft' key=quiz login 403 = 200 404 403 = = =
GET  trainer.results.index      slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.analysis.index     slug=course          login 403 = 200 404 403 =   =   =
GET  trainer.analysis.index     slug=unpublished     login 403 = 404 404 403 =   =   =
GET  trainer.analysis.show      slug=course key=quiz login 403 = 200 404 403 =   =   =
GET  trainer.analysis.show      slug=course key=none login 403 = 404 404 403 =   =   =
GET  trainer.analysis.question  slug=course key=quiz question_key=question login 403 = 200 404 403 = = =
GET  trainer.corrections.show   slug=course key=quiz question_key=question login 403 = 200 404 403 = = =
GET  trainer.corrections.show   slug=course key=quiz question_key=none login 403 = 404 404 403 = = =
POST trainer.corrections.create slug=course key=quiz question_key=question login 403 = 422 404 403 = = =
GET  trainer.analysis.notes     slug=course key=quiz login 403 = 200 404 403 =   =   =
POST trainer.analysis.export    slug=course key=quiz login 403 = 200 404 403 =   =   =
GET  trainer.evaluations.show   slug=course          login 403 = 200 404 403 =   =   =
POST trainer.evaluations.export slug=course          login 403 = 404 404 403 =   =   =
POST trainer.evaluations.export slug=second          login 403 = 200 404 403 =   =   =
GET  trainer.evaluations.show   slug=second          login 403 = 200 404 403 =   =   =
GET  trainer.allowances.show    slug=course enrollment_id=enrollment login 403 = 200 404 403 = = =
GET  trainer.allowances.show    slug=second enrollment_id=enrollment login 403 = 404 404 403 = = =
POST trainer.allowances.give    slug=course enrollment_id=enrollment login 403 = 422 404 403 = = =
GET  trainer.team.index         slug=course          login 403 = 200 404 403 =   =   =
POST trainer.team.add           slug=course          login 403 = 422 404 403 =   =   =
POST trainer.team.remove        slug=course user_id=person_trainer login 403 = 303 404 403 = = =
GET  trainer.marking.index                           login 403 = 200 200 403 =   =   =
GET  trainer.marking.show attempt_id=essay_attempt key=essay login 403 = 200 404 403 = = =
GET  trainer.marking.show attempt_id=essay_attempt key='e-01' login 403 = 404 404 403 = = =
GET  trainer.marking.show attempt_id=attempt key=question login 403 = 404 404 403 = = =
POST trainer.marking.save attempt_id=essay_attempt key=essay login 403 = 303 404 403 = = =
GET  trainer.freshness.index                         login 403 = 200 200 403 =   =   =
POST trainer.freshness.put_off  slug=course          login 403 = 303 404 403 =   =   =
POST trainer.freshness.save     work_id=law_work     login 403 = 303 404 403 =   =   =
POST trainer.marking.reveal attempt_id=essay_attempt key=essay login 403 = 303 404 403 = = =
"""
