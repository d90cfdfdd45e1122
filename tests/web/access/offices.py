"""The lines of the table (see `table.py`) for the HR desk."""

#                                                    out lea str trn oth hr  hro bkp adm
OFFICES = """
# HR desk: people of one's own units; BKPSDM: everybody, and what only it may do
GET  hr.overview.show                                login 403 = =   =   200 200 200 403
GET  hr.staff.index                                  login 403 = =   =   200 200 200 403
GET  hr.staff.show              user_id=person_learner login 403 = = =   200 404 200 403
GET  hr.staff.show              user_id=person_stranger login 403 = = =  404 200 200 403
GET  hr.staff_changes.edit              user_id=person_learner login 403 = = =   200 404 200 403
POST hr.staff_changes.save              user_id=person_learner login 403 = = =   422 404 422 403
GET  hr.staff_changes.left                           login 403 = =   =   200 200 200 403
POST hr.staff_changes.close     user_id=person_learner login 403 = = =   303 404 303 403
POST hr.staff_changes.reopen    user_id=person_learner login 403 = = =   303 404 303 403
GET  hr.doubles.show            user_id=person_learner login 403 = = =   =   =   200 403
POST hr.doubles.save            user_id=person_learner login 403 = = =   =   =   303 403
GET  hr.completions.index                            login 403 = =   =   200 200 200 403
GET  hr.certificates.show       certificate_id=certificate login 403 = = = 200 404 200 403
GET  hr.certificates.show       certificate_id=certificate_stranger login 403 = = = 404 200 200 403
GET  hr.certificates.file       certificate_id=certificate file_id=file login 403 = = = 200 404 200 403
GET  hr.certificates.file       certificate_id=certificate_stranger file_id=file login 403 = = = 404 = = 403
POST hr.certificates.revoke     certificate_id=certificate login 403 = = = 403 404 303 403
POST hr.certificates.replace    certificate_id=certificate login 403 = = = 403 404 303 403
POST hr.certificates.sign       certificate_id=certificate login 403 = = = 403 404 422 403
GET  hr.signed.index                                 login 403 = =   =   =   =   200 403
POST hr.signed.check                                 login 403 = =   =   =   =   422 403
GET  hr.signed.show             digest=signed_trial  login 403 = =   =   =   =   200 403
POST hr.signed.save             digest=signed_trial  login 403 = =   =   =   =   303 403
POST hr.certificates.reprint    certificate_id=certificate login 403 = = = 403 404 303 403
GET  hr.intake.index                                login 403 = =   =   200 200 200 403
POST hr.intake.create                               login 403 = =   =   422 422 422 403
GET  hr.intake.sample          kind='people'        login 403 = =   =   200 200 200 403
GET  hr.intake.show            import_id=upload     login 403 = =   =   200 404 404 403
GET  hr.intake.columns         import_id=upload     login 403 = =   =   200 404 404 403
POST hr.intake.save_columns    import_id=upload     login 403 = =   =   422 404 404 403
POST hr.intake.answer          import_id=upload     login 403 = =   =   303 404 404 403
POST hr.intake.apply           import_id=upload     login 403 = =   =   303 404 404 403
GET  hr.undoing.show           import_id=upload     login 403 = =   =   404 =   =   403
POST hr.undoing.save           import_id=upload     login 403 = =   =   404 =   =   403
GET  hr.undoing.show           import_id=upload_done login 403 = =  =   200 404 404 403
POST hr.undoing.save           import_id=upload_done login 403 = =  =   303 404 404 403
GET  hr.intake.errors          import_id=upload     login 403 = =   =   200 404 404 403
POST hr.intake.discard         import_id=upload     login 403 = =   =   303 404 404 403
GET  hr.hours.index                                  login 403 = =   =   200 200 200 403
GET  hr.evaluations.index                            login 403 = =   =   200 200 200 403
GET  hr.evaluations.show        slug=second          login 403 = =   =   200 200 200 403
GET  hr.receipts.index                               login 403 = =   =   200 200 200 403
POST hr.evaluations.export      slug=second          login 403 = =   =   200 200 200 403
POST hr.evaluations.export      slug=course          login 403 = =   =   404 404 404 403
GET  hr.exports.index                                login 403 = =   =   200 200 200 403
POST hr.exports.create                               login 403 = =   =   303 303 303 403
GET  hr.exports.show            export_id=export     login 403 = =   =   200 404 404 403
GET  hr.exports.state           export_id=export     login 403 = =   =   200 404 404 403
GET  hr.exports.file            export_id=export     login 403 = =   =   200 404 404 403
GET  hr.exports.file            export_id=export_other login 403 = = =   404 200 404 403
GET  hr.codes.index                                  login 403 = =   =   200 200 200 403
POST hr.codes.preview                                login 403 = =   =   200 200 200 403
POST hr.codes.create                                 login 403 = =   =   200 303 200 403
GET  hr.approvals.index                              login 403 = =   =   =   =   200 403
GET  hr.approvals.show          course_id=course_id  login 403 = =   =   =   =   200 403
GET  hr.assignments.index                            login 403 = =   =   200 200 200 403
GET  hr.assignments.new                              login 403 = =   =   200 200 200 403
POST hr.assignments.create                           login 403 = =   =   422 422 422 403
GET  hr.assignments.show        assignment_id=order  login 403 = =   =   200 404 200 403
POST hr.exceptions.give         assignment_id=order  login 403 = =   =   400 404 400 403
GET  hr.exceptions.index        assignment_id=order  login 403 = =   =   200 404 200 403
GET  hr.exceptions.document     assignment_id=order exception_id=exception login 403 = = = 200 404 200 403
GET  hr.lists.errors            digest=list_file      login 403 = =   =   200 404 404 403
POST hr.assignments.file        assignment_id=order  login 403 = =   =   400 404 400 403
GET  hr.letters.show            assignment_id=order  login 403 = =   =   200 404 200 403
POST hr.letters.save            assignment_id=order  login 403 = =   =   303 404 303 403
POST hr.assignments.close       assignment_id=order  login 403 = =   =   303 404 303 403
GET  hr.obligations.index                            login 403 = =   =   200 200 200 403
GET  hr.obligations.new                              login 403 = =   =   200 200 200 403
POST hr.obligations.create                           login 403 = =   =   422 422 422 403
GET  hr.obligations.show        obligation_id=rule   login 403 = =   =   200 404 200 403
GET  hr.obligations.people      obligation_id=rule   login 403 = =   =   200 404 200 403
POST hr.obligations.file        obligation_id=rule   login 403 = =   =   400 404 400 403
GET  hr.exemptions.index       obligation_id=rule   login 403 = =   =   200 404 200 403
POST hr.exemptions.give        obligation_id=rule   login 403 = =   =   422 404 422 403
GET  hr.exemptions.document    obligation_id=rule exemption_id=exemption login 403 = = = 200 404 200 403
POST hr.exemptions.end         obligation_id=rule exemption_id=exemption login 403 = = = 303 404 303 403
POST hr.obligations.close       obligation_id=rule   login 403 = =   =   303 404 303 403
GET  hr.outside.index                                login 403 = =   =   200 200 200 403
GET  hr.outside.show            training_id=training login 403 = =   =   200 404 200 403
GET  hr.outside.proof           training_id=training login 403 = =   =   200 404 200 403
POST hr.outside.decide          training_id=training login 403 = =   =   400 404 400 403
GET  hr.corrections.index                            login 403 = =   =   200 200 200 403
GET  hr.corrections.show        request_id=wish      login 403 = =   =   200 404 200 403
POST hr.corrections.save        request_id=wish      login 403 = =   =   422 404 422 403
GET  hr.announcements.index                          login 403 = =   =   =   =   200 403
POST hr.announcements.create                         login 403 = =   =   =   =   422 403
POST hr.announcements.take_back announcement_id=announcement login 403 = = = =   = 303 403
GET  hr.regulations.index                            login 403 = =   =   =   =   200 403
GET  hr.regulations.missing                          login 403 = =   =   =   =   200 403
POST hr.regulations.take                             login 403 = =   =   =   =   303 403
GET  hr.regulations.new                              login 403 = =   =   =   =   200 403
POST hr.regulations.create                           login 403 = =   =   =   =   422 403
GET  hr.regulations.show        regulation_id=rule   login 403 = =   =   =   =   200 403
GET  hr.regulations.change      regulation_id=rule   login 403 = =   =   =   =   200 403
POST hr.regulations.save        regulation_id=rule   login 403 = =   =   =   =   422 403
POST hr.regulations.mark_changed regulation_id=rule  login 403 = =   =   =   =   422 403
POST hr.regulations.take_back   regulation_id=rule change_id=law_change login 403 = = = = = 303 403
GET  hr.regulation_work.index                        login 403 = =   =   =   =   200 403
POST hr.regulation_work.save    work_id=law_work     login 403 = =   =   =   =   303 403
POST hr.approvals.approve       course_id=course_id  login 403 = =   =   =   =   303 403
POST hr.tables.hours            kind='units'         login 403 = =   =   200 200 200 403
POST hr.tables.hours            kind='years'         login 403 = =   =   200 200 200 403
POST hr.tables.hours            kind='days'          login 403 = =   =   404 404 404 403
POST hr.tables.person           user_id=person_learner login 403 = = =   200 404 200 403
POST hr.tables.left                                  login 403 = =   =   200 200 200 403
POST hr.tables.outside                               login 403 = =   =   200 200 200 403
POST hr.tables.plans                                 login 403 = =   =   200 200 200 403
POST hr.tables.assignments                           login 403 = =   =   200 200 200 403
"""
